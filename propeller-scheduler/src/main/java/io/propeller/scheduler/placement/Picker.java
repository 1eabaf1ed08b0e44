package io.propeller.scheduler.placement;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.policy.PolicyEnvironment;
import io.propeller.scheduler.policy.PolicyRegistry;
import io.propeller.scheduler.policy.SchedulingPolicy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds workers for units, each task by its own policy, and reserves them. */
final class Picker {

  private final Fleet fleet;
  private final PolicyRegistry registry;
  private final PolicyEnvironment environment;
  private final String defaultName;
  private final SchedulingPolicy defaultPolicy;
  private final Map<String, SchedulingPolicy> policies = new HashMap<>();

  Picker(Fleet fleet, PolicyRegistry registry, PolicyEnvironment environment, String defaultName) {
    this.fleet = fleet;
    this.registry = registry;
    this.environment = environment;
    this.defaultName = defaultName;
    this.defaultPolicy = registry.create(defaultName, environment);
    policies.put(defaultName, defaultPolicy);
  }

  String policyName(TaskRequest task) {
    return task.policy().orElse(defaultName);
  }

  /** Returns the policy that is to place the task, creating it when it is asked for first. */
  SchedulingPolicy policyOf(TaskRequest task) {
    if (task.policy().isEmpty()) {
      return defaultPolicy;
    }
    return policies.computeIfAbsent(
        task.policy().get(), name -> registry.create(name, environment));
  }

  /** Places one task, or returns null if there is no worker for it. */
  @Nullable Placed place(TaskRequest task) {
    Candidates candidates = fleet.candidates(task.requirements());
    if (candidates.size() == 0) {
      return null;
    }
    WorkerState worker = policyOf(task).pick(task, candidates);
    if (worker == null) {
      return null;
    }
    fleet.reserve(task, worker);
    return new Placed(task.id(), worker.id());
  }

  /**
   * Places as many tasks of the unit as fit, if these are as many as must be placed at once; or
   * none, and then returns an empty list.
   */
  ImmutableList<Placed> place(Unit unit) {
    if (!unit.isGang()) {
      Placed placed = place(unit.first());
      return placed == null ? ImmutableList.of() : ImmutableList.of(placed);
    }
    ImmutableList.Builder<Placed> placed = ImmutableList.builder();
    List<TaskRequest> pickiestFirst =
        unit.tasks().stream()
            .sorted(Comparator.comparingInt(t -> fleet.candidates(t.requirements()).size()))
            .toList();
    int left = 0;
    for (TaskRequest task : pickiestFirst) {
      Placed one = place(task);
      if (one != null) {
        placed.add(one);
      } else if (++left > unit.tasks().size() - unit.atLeast()) {
        placed.build().forEach(other -> fleet.release(other.task()));
        return ImmutableList.of();
      }
    }
    return placed.build();
  }
}
