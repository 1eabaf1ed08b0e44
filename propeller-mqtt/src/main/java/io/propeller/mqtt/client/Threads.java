package io.propeller.mqtt.client;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Makes the threads of channels. They keep no program alive, and drop what they are given once they
 * are shut down.
 */
final class Threads {

  /**
   * Runs the event loops of all connections. The client ends a loop only when the session of each
   * client that used it has expired, which is long after a channel is closed: threads of its own
   * would keep the program alive until then.
   */
  static final Executor EVENT_LOOPS = Threads::startDaemon;

  private static final ThreadFactory EVENT_LOOP_THREADS =
      new ThreadFactoryBuilder().setDaemon(true).setNameFormat("propeller-mqtt-io-%d").build();

  private Threads() {}

  private static void startDaemon(Runnable loop) {
    EVENT_LOOP_THREADS.newThread(loop).start();
  }

  static ScheduledThreadPoolExecutor single(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            new ThreadFactoryBuilder().setDaemon(true).setNameFormat(name).build(),
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }
}
