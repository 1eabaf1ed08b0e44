package io.propeller.mqtt.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for connections to end. */
final class Closing {

  private static final long MILLIS = 1000;

  private Closing() {}

  /** Waits for a second at most, and no longer when interrupted. */
  static void await(CompletableFuture<?> closed) {
    try {
      closed.get(MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The broker will notice by itself.
      return;
    }
  }
}
