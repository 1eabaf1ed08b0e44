package io.propeller.mqtt.client;

/** Calls listeners that may fail. */
final class Guard {

  private Guard() {}

  /** Runs something of the listener's, and drops what it throws: the channel has nobody to tell. */
  static void call(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
