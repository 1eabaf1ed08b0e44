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
    return ImmutableWorker.copyOf(worker)
        .withLabels(shared(worker.labels()))
        .withDeviceType(worker.deviceType().map(this::shared))
        .withCapabilities(shared(worker.capabilities()))
        .withConditions(shared(worker.conditions()))
        .withCapacity(shared(worker.capacity()))
        .withTaints(shared(worker.taints()));
  }

  // Equal objects of the interned types are of one type: immutable maps, immutable sets, strings
  // and records.
  @SuppressWarnings("unchecked")
  private <T> T shared(T part) {
    return (T) parts.intern(part);
  }
}
