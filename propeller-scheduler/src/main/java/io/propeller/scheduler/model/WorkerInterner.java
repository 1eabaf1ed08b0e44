package io.propeller.scheduler.model;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;

/**
 * Lets workers share the parts in which they are equal (labels, capabilities, …), so that a large
 * fleet of few kinds of workers takes little memory. Parts that nobody uses any more are forgotten.
 * Safe for use by several threads.
 */
public final class WorkerInterner {

  private final Interner<Object> parts = Interners.newWeakInterner();

  /** Returns an equal worker that shares its parts with those seen before. */
  public Worker intern(Worker worker) {
    Worker shared = ImmutableWorker.copyOf(worker);
    shared = own(shared).withLabels(shared(worker.labels()));
    shared = own(shared).withDeviceType(worker.deviceType().map(this::shared));
    shared = own(shared).withCapabilities(shared(worker.capabilities()));
    shared = own(shared).withConditions(shared(worker.conditions()));
    shared = own(shared).withCapacity(shared(worker.capacity()));
    return own(shared).withTaints(shared(worker.taints()));
  }

  private static ImmutableWorker own(Worker worker) {
    return (ImmutableWorker) worker;
  }

  // Equal objects of the interned types are of one type: immutable maps, immutable sets, strings
  // and records.
  @SuppressWarnings("unchecked")
  private <T> T shared(T part) {
    return (T) parts.intern(part);
  }
}
