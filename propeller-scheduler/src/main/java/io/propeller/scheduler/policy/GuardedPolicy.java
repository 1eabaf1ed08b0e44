package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets another policy pick in place of one that fails. */
final class GuardedPolicy implements SchedulingPolicy {

  private final String name;
  private final SchedulingPolicy policy;
  private final SchedulingPolicy substitute;
  private final Guard guard;

  GuardedPolicy(String name, SchedulingPolicy policy, SchedulingPolicy substitute, Guard guard) {
    this.name = name;
    this.policy = policy;
    this.substitute = substitute;
    this.guard = guard;
  }

  @Override
  public @Nullable WorkerState pick(TaskRequest task, Candidates candidates) {
    Optional<WorkerState> picked =
        guard.call(name, task.id(), () -> Optional.ofNullable(policy.pick(task, candidates)));
    if (picked == null) {
      return substitute.pick(task, candidates);
    }
    if (picked.isPresent() && !candidates.contains(picked.get())) {
      guard.outOfRange(name, task.id(), "worker " + picked.get().id() + ", which does not fit");
      return substitute.pick(task, candidates);
    }
    return picked.orElse(null);
  }
}
