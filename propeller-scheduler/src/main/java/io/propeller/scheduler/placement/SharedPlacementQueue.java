package io.propeller.scheduler.placement;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A placement queue for several threads, which use it one after the other. What an action is
 * returned as placed belongs to the thread that ran it.
 */
public final class SharedPlacementQueue {

  private final PlacementQueue queue;
  private final Lock lock = new ReentrantLock();

  /** Shares the queue, which must not be used in any other way from now on. */
  public SharedPlacementQueue(PlacementQueue queue) {
    this.queue = queue;
  }

  /**
   * Does something with the queue while no other thread does.
   *
   * @param action what to do; it must not keep the queue
   * @return what the action returns
   */
  public <T> T call(Function<PlacementQueue, T> action) {
    lock.lock();
    try {
      return action.apply(queue);
    } finally {
      lock.unlock();
    }
  }
}
