package io.propeller.mqtt.client;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the threads of channels. They keep no program alive, and drop what they are given once they
 * are shut down.
 */
final class Threads {

  /**
   * Runs the event loops of all connections. The client ends a loop only when the session of each
   * client that used it has expired, which is long after a channel is closed: threads of its own
   * would keep the program alive until then. Threads of Netty's own kind: with others it does
   * without its caches of buffers.
   */
  static final Executor EVENT_LOOPS =
      new ThreadPerTaskExecutor(new DefaultThreadFactory("propeller-mqtt-io", true));

  private Threads() {}

  /** Returns a thread that runs one task after another, and some later. */
  static ScheduledThreadPoolExecutor timed(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, factory(name), new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /** Returns a thread that runs one task after another. */
  static ThreadPoolExecutor serial(String name) {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        factory(name),
        new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Ends a thread after the task at hand. */
  static void end(ThreadPoolExecutor thread) {
    thread.shutdown();
    thread.getQueue().clear();
  }

  private static ThreadFactory factory(String name) {
    return new ThreadFactoryBuilder().setDaemon(true).setNameFormat(name).build();
  }
}
