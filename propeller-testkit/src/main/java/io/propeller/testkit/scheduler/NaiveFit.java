package io.propeller.testkit.scheduler;

import io.propeller.scheduler.model.ProfileCondition;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerPhase;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Says, as plainly as can be, whether a worker fits a task: what the scheduler's index is compared
 * with. It has nothing in common with it but the values.
 */
public final class NaiveFit {

  private NaiveFit() {}

  /** Tells whether the worker satisfies every criterion of the task, whatever runs on it. */
  public static boolean suits(TaskRequest task, Worker worker) {
    Selector selector = task.selector();
    return worker.phase() == WorkerPhase.RUNNING
        && worker.schedulable()
        && selector.worker().stream().allMatch(worker.id()::equals)
        && task.kind().stream().allMatch(kind -> kind == worker.kind())
        && (selector.deviceTypes().isEmpty()
            || worker.deviceType().stream().anyMatch(selector.deviceTypes()::contains))
        && worker.labels().entrySet().containsAll(selector.labels().entrySet())
        && selector.expressions().stream().allMatch(e -> e.matches(worker.labels()))
        && worker.capabilities().containsAll(selector.capabilities())
        && worker.taints().stream()
            .allMatch(taint -> task.tolerations().stream().anyMatch(t -> t.tolerates(taint)))
        && selector.profiles().entrySet().stream()
            .allMatch(
                profile ->
                    profile.getValue().stream()
                        .map(condition -> new ProfileCondition(profile.getKey(), condition))
                        .anyMatch(worker.conditions()::contains));
  }

  /** Tells whether the worker has room for the task beside these, which run on it. */
  public static boolean hasRoom(TaskRequest task, Worker worker, Collection<Resources> running) {
    return running.size() < worker.maxConcurrentTasks()
        && within(task, worker, running, Resources::cpuMillis)
        && within(task, worker, running, Resources::memoryBytes)
        && task.resources().custom().keySet().stream()
            .allMatch(
                name -> within(task, worker, running, r -> r.custom().getOrDefault(name, 0L)));
  }

  private static boolean within(
      TaskRequest task,
      Worker worker,
      Collection<Resources> running,
      java.util.function.ToLongFunction<Resources> quantity) {
    long needed = quantity.applyAsLong(task.resources());
    long capacity = quantity.applyAsLong(worker.capacity());
    return needed == 0
        || capacity == Long.MAX_VALUE
        || Stream.concat(running.stream(), Stream.of(task.resources())).mapToLong(quantity).sum()
            <= capacity;
  }
}
