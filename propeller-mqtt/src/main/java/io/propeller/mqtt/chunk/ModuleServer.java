package io.propeller.mqtt.chunk;

import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.FetchRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers workers that ask for modules. All of a channel hear every answer, so requests for a name
 * that is being sent already are answered by that; one that comes later is answered anew. Safe for
 * use by any thread; no method waits.
 */
public final class ModuleServer {

  private final OperatorChannel channel;
  private final Function<String, CompletionStage<ChunkedModule>> modules;
  private final Set<String> sending = ConcurrentHashMap.newKeySet();

  /**
   * Makes a server.
   *
   * @param modules finds the module of a name; fails if there is none
   */
  public ModuleServer(
      OperatorChannel channel, Function<String, CompletionStage<ChunkedModule>> modules) {
    this.channel = channel;
    this.modules = modules;
  }

  /**
   * Sends the module that a worker asks for, one piece after the other. The stage completes when
   * the broker has them all, or at once if they are being sent; it fails if the module cannot be
   * found, has another name than was asked for, or cannot be sent. The protocol has no word for
   * that: the worker runs out of time, and asks again for its next Start.
   */
  public CompletionStage<Void> serve(FetchRequest request) {
    String name = request.appName();
    if (!sending.add(name)) {
      return CompletableFuture.completedStage(null);
    }
    return find(name)
        .thenCompose(module -> sendFrom(0, module))
        .whenComplete((done, failure) -> sending.remove(name));
  }

  private CompletionStage<ChunkedModule> find(String name) {
    try {
      return modules
          .apply(name)
          .thenApply(
              module -> {
                if (!module.name().equals(name)) {
                  throw new CompletionException(
                      new IllegalArgumentException(
                          "asked for " + name + ", which is now " + module.name()));
                }
                return module;
              });
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<Void> sendFrom(int index, ChunkedModule module) {
    return index == module.pieces()
        ? CompletableFuture.completedStage(null)
        : channel
            .publish(module.piece(index), Dialect.WASMTIME)
            .thenCompose(sent -> sendFrom(index + 1, module));
  }
}
