package io.propeller.testkit.proplet;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.mqtt.message.WorkerMessage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Gets modules: from the Start, or by asking for their pieces.
 *
 * @param chunks puts the pieces together
 * @param publish says something to the channel
 */
record ModuleSource(Chunks chunks, Consumer<WorkerMessage> publish) {

  private static final Duration CHUNKS_LIMIT = Duration.ofSeconds(60);

  /**
   * Returns a module, for which the thread may have to wait.
   *
   * @throws IllegalArgumentException if it cannot be had, in words
   */
  Bytes get(WasmModule module) throws InterruptedException {
    if (module instanceof WasmModule.Inline inline) {
      return inline.bytes();
    }
    String image = ((WasmModule.Image) module).reference();
    if (image.startsWith("http://") || image.startsWith("https://")) {
      throw new IllegalArgumentException("this worker fetches no addresses: " + image);
    }
    try {
      return fetch(image);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalArgumentException("Timeout waiting for binary chunks: " + image, e);
    }
  }

  private Bytes fetch(String image)
      throws InterruptedException, ExecutionException, TimeoutException {
    var module = chunks.module(image);
    if (!module.isDone()) {
      publish.accept(FetchRequest.of(image));
    }
    return module.get(CHUNKS_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
