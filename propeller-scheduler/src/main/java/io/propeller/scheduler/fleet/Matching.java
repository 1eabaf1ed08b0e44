package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.Criterion;
import io.propeller.scheduler.model.LabelExpression;
import io.propeller.scheduler.model.ProfileCondition;
import io.propeller.scheduler.model.Reason;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerPhase;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether one worker fits one task. */
final class Matching {

  private Matching() {}

  /** Returns why the worker does not fit, as a reason of one worker, or null if it fits. */
  static @Nullable Reason refusal(TaskRequest task, WorkerState state) {
    Reason reason = unsuitable(task, state.worker());
    return reason == null ? noRoom(task, state) : reason;
  }

  private static @Nullable Reason unsuitable(TaskRequest task, Worker worker) {
    Selector selector = task.selector();
    if (selector.worker().isPresent() && !selector.worker().get().equals(worker.id())) {
      return reason(Criterion.NAMED, selector.worker().get().value());
    }
    if (worker.phase() != WorkerPhase.RUNNING) {
      return reason(Criterion.PHASE, worker.phase().name().toLowerCase(Locale.ROOT));
    }
    if (!worker.schedulable()) {
      return reason(Criterion.SCHEDULABLE, "");
    }
    if (task.kind().isPresent() && task.kind().get() != worker.kind()) {
      return reason(Criterion.KIND, task.kind().get().name().toLowerCase(Locale.ROOT));
    }
    if (!selector.deviceTypes().isEmpty()
        && !worker.deviceType().map(selector.deviceTypes()::contains).orElse(false)) {
      return reason(Criterion.DEVICE_TYPE, String.join(" or ", selector.deviceTypes()));
    }
    for (Map.Entry<String, String> label : selector.labels().entrySet()) {
      if (!label.getValue().equals(worker.labels().get(label.getKey()))) {
        return reason(Criterion.LABEL, label.getKey() + "=" + label.getValue());
      }
    }
    for (LabelExpression expression : selector.expressions()) {
      if (!expression.matches(worker.labels())) {
        return reason(Criterion.EXPRESSION, expression.toString());
      }
    }
    for (String capability : selector.capabilities()) {
      if (!worker.capabilities().contains(capability)) {
        return reason(Criterion.CAPABILITY, capability);
      }
    }
    for (Taint taint : worker.taints()) {
      if (!task.tolerates(taint)) {
        return reason(Criterion.TAINT, taint.toString());
      }
    }
    for (Map.Entry<String, ? extends Set<String>> profile : selector.profiles().entrySet()) {
      if (profile.getValue().stream()
          .noneMatch(
              condition ->
                  worker
                      .conditions()
                      .contains(new ProfileCondition(profile.getKey(), condition)))) {
        return reason(
            Criterion.PROFILE,
            profile.getKey() + " (" + String.join(" or ", profile.getValue()) + ")");
      }
    }
    return tooLittle(Criterion.CAPACITY, task.resources(), worker.capacity(), Resources.NONE);
  }

  private static @Nullable Reason noRoom(TaskRequest task, WorkerState state) {
    if (state.runningTasks() >= state.worker().maxConcurrentTasks()) {
      return reason(Criterion.TASK_LIMIT, "");
    }
    return tooLittle(Criterion.ROOM, task.resources(), state.worker().capacity(), state.used());
  }

  private static @Nullable Reason tooLittle(
      Criterion criterion, Resources needed, Resources capacity, Resources used) {
    if (lacks(needed.cpuMillis(), capacity.cpuMillis(), used.cpuMillis())) {
      return new Reason(
          criterion, "cpu", needed.cpuMillis(), capacity.cpuMillis() - used.cpuMillis(), 1);
    }
    if (lacks(needed.memoryBytes(), capacity.memoryBytes(), used.memoryBytes())) {
      return new Reason(
          criterion,
          "memory",
          needed.memoryBytes(),
          capacity.memoryBytes() - used.memoryBytes(),
          1);
    }
    for (Map.Entry<String, Long> entry : needed.custom().entrySet()) {
      long has = capacity.custom().getOrDefault(entry.getKey(), 0L);
      long taken = used.custom().getOrDefault(entry.getKey(), 0L);
      if (lacks(entry.getValue(), has, taken)) {
        return new Reason(criterion, entry.getKey(), entry.getValue(), has - taken, 1);
      }
    }
    return null;
  }

  private static boolean lacks(long needed, long capacity, long used) {
    return needed > 0 && capacity != Long.MAX_VALUE && needed > capacity - used;
  }

  private static Reason reason(Criterion criterion, String asked) {
    return new Reason(criterion, asked, 0, 0, 1);
  }
}
