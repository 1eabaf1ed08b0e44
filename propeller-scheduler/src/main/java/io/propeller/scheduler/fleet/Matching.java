package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.Criterion;
import io.propeller.scheduler.model.LabelExpression;
import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerPhase;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether one worker fits, criterion by criterion, in the order in which refusals are
 * counted.
 */
final class Matching {

  private Matching() {}

  /** Returns the first criterion that the worker fails, or null if it fits. */
  static @Nullable Criterion failed(Requirements required, Amounts demand, Slot slot) {
    Criterion failed = failedByNature(required, demand, slot);
    return failed == null ? failedNow(demand, slot) : failed;
  }

  /**
   * Returns the first criterion that the worker fails whatever runs on it, or null if there is
   * none.
   */
  static @Nullable Criterion failedByNature(Requirements required, Amounts demand, Slot slot) {
    Worker worker = slot.worker();
    Selector selector = required.selector();
    if (selector.worker().isPresent() && !selector.worker().get().equals(worker.id())) {
      return Criterion.NAMED;
    }
    if (worker.phase() != WorkerPhase.RUNNING) {
      return Criterion.PHASE;
    }
    if (!worker.schedulable()) {
      return Criterion.SCHEDULABLE;
    }
    if (required.kind().isPresent() && required.kind().get() != worker.kind()) {
      return Criterion.KIND;
    }
    if (!selector.deviceTypes().isEmpty()
        && !(worker.deviceType().isPresent()
            && selector.deviceTypes().contains(worker.deviceType().get()))) {
      return Criterion.DEVICE_TYPE;
    }
    if (missingLabel(selector, worker) != null) {
      return Criterion.LABEL;
    }
    if (failedExpression(selector, worker) != null) {
      return Criterion.EXPRESSION;
    }
    if (missingCapability(selector, worker) != null) {
      return Criterion.CAPABILITY;
    }
    if (untolerated(required, worker) != null) {
      return Criterion.TAINT;
    }
    if (failedProfile(selector, worker) != null) {
      return Criterion.PROFILE;
    }
    return slot.couldHold(demand) ? null : Criterion.CAPACITY;
  }

  private static @Nullable Criterion failedNow(Amounts demand, Slot slot) {
    if (slot.runningTasks() >= slot.worker().maxConcurrentTasks()) {
      return Criterion.TASK_LIMIT;
    }
    if (!slot.hasRoom(demand)) {
      return Criterion.ROOM;
    }
    return slot.heldFor == null ? null : Criterion.HELD;
  }

  static Map.@Nullable Entry<String, String> missingLabel(Selector selector, Worker worker) {
    if (selector.labels().isEmpty()) {
      return null;
    }
    for (Map.Entry<String, String> label : selector.labels().entrySet()) {
      if (!label.getValue().equals(worker.labels().get(label.getKey()))) {
        return label;
      }
    }
    return null;
  }

  static @Nullable LabelExpression failedExpression(Selector selector, Worker worker) {
    for (LabelExpression expression : selector.expressions()) {
      if (!expression.matches(worker.labels())) {
        return expression;
      }
    }
    return null;
  }

  static @Nullable String missingCapability(Selector selector, Worker worker) {
    for (String capability : selector.capabilities()) {
      if (!worker.capabilities().contains(capability)) {
        return capability;
      }
    }
    return null;
  }

  static @Nullable Taint untolerated(Requirements required, Worker worker) {
    for (Taint taint : worker.taints()) {
      if (!required.tolerates(taint)) {
        return taint;
      }
    }
    return null;
  }

  static Map.@Nullable Entry<String, ? extends Set<String>> failedProfile(
      Selector selector, Worker worker) {
    if (selector.profiles().isEmpty()) {
      return null;
    }
    for (Map.Entry<String, ? extends Set<String>> profile : selector.profiles().entrySet()) {
      if (!worker.meets(profile.getKey(), profile.getValue())) {
        return profile;
      }
    }
    return null;
  }
}
