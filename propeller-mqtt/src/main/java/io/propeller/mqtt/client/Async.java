package io.propeller.mqtt.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Acts on the ends of things that go on elsewhere. */
final class Async {

  private Async() {}

  /** Runs an action, which must not fail, with the result or the failure of a future. */
  static <T> void whenDone(
      CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> action) {
    var unused = future.whenComplete(action);
  }
}
