package io.propeller.scheduler.fleet;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.model.Criterion;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Reason;
import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.Worker;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts, worker by worker, why they do not fit. */
final class Explanation {

  private record Key(Criterion criterion, String asked) {}

  private final TaskId task;
  private final Requirements required;
  private final Amounts demand;
  private final Map<Key, Reason> reasons = new HashMap<>();
  private int workers;

  Explanation(TaskId task, Requirements required, Amounts demand) {
    this.task = task;
    this.required = required;
    this.demand = demand;
  }

  void count(Slot slot) {
    workers++;
    Criterion failed = Matching.failed(required, demand, slot);
    boolean heldForItself = failed == Criterion.HELD && task.equals(slot.heldFor);
    if (failed != null && !heldForItself) {
      Reason reason = reason(failed, slot);
      reasons.merge(new Key(failed, reason.asked()), reason, Explanation::together);
    }
  }

  NotPlaced result() {
    return new NotPlaced(
        task,
        workers,
        reasons.values().stream()
            .sorted(
                Comparator.<Reason, Criterion>comparing(Reason::criterion)
                    .thenComparing(Comparator.comparingInt(Reason::workers).reversed())
                    .thenComparing(Reason::asked))
            .collect(ImmutableList.toImmutableList()));
  }

  private static Reason together(Reason a, Reason b) {
    return new Reason(
        a.criterion(),
        a.asked(),
        a.needed(),
        Math.max(a.found(), b.found()),
        a.workers() + b.workers());
  }

  private Reason reason(Criterion failed, Slot slot) {
    Worker worker = slot.worker();
    Selector selector = required.selector();
    return switch (failed) {
      case NAMED -> plain(failed, selector.worker().map(Object::toString).orElse(""));
      case PHASE -> plain(failed, lowerCase(worker.phase()));
      case SCHEDULABLE, TASK_LIMIT, POLICY, GANG -> plain(failed, "");
      case KIND -> plain(failed, required.kind().map(Explanation::lowerCase).orElse(""));
      case DEVICE_TYPE -> plain(failed, String.join(" or ", selector.deviceTypes()));
      case LABEL -> plain(failed, text(Matching.missingLabel(selector, worker)));
      case EXPRESSION -> plain(failed, text(Matching.failedExpression(selector, worker)));
      case CAPABILITY -> plain(failed, text(Matching.missingCapability(selector, worker)));
      case TAINT -> plain(failed, text(Matching.untolerated(required, worker)));
      case PROFILE -> plain(failed, profile(Matching.failedProfile(selector, worker)));
      case CAPACITY -> tooLittle(failed, worker.capacity(), Resources.NONE);
      case ROOM -> tooLittle(failed, worker.capacity(), slot.used());
      case HELD -> plain(failed, text(slot.heldFor));
    };
  }

  private Reason tooLittle(Criterion failed, Resources capacity, Resources used) {
    Resources needed = required.resources();
    if (lacks(needed.cpuMillis(), capacity.cpuMillis(), used.cpuMillis())) {
      return new Reason(
          failed, "cpu", needed.cpuMillis(), capacity.cpuMillis() - used.cpuMillis(), 1);
    }
    if (lacks(needed.memoryBytes(), capacity.memoryBytes(), used.memoryBytes())) {
      return new Reason(
          failed, "memory", needed.memoryBytes(), capacity.memoryBytes() - used.memoryBytes(), 1);
    }
    for (Map.Entry<String, Long> entry : needed.custom().entrySet()) {
      long has = capacity.custom().getOrDefault(entry.getKey(), 0L);
      long taken = used.custom().getOrDefault(entry.getKey(), 0L);
      if (lacks(entry.getValue(), has, taken)) {
        return new Reason(failed, entry.getKey(), entry.getValue(), has - taken, 1);
      }
    }
    throw new IllegalStateException("worker lacks nothing, but was refused for " + failed);
  }

  private static boolean lacks(long needed, long capacity, long used) {
    return needed > 0 && capacity != Long.MAX_VALUE && needed > capacity - used;
  }

  private static String profile(Map.@Nullable Entry<String, ? extends Set<String>> profile) {
    return profile == null
        ? ""
        : profile.getKey() + " (" + String.join(" or ", profile.getValue()) + ")";
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Reason plain(Criterion criterion, String asked) {
    return new Reason(criterion, asked, 0, 0, 1);
  }
}
