package io.propeller.testkit.scheduler;

import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A fleet that looks at everything each time: what the index is compared with. */
final class NaiveFleet {

  private record Running(WorkerId worker, Resources resources) {}

  private final Map<WorkerId, Worker> workers = new LinkedHashMap<>();
  private final Map<TaskId, Running> running = new LinkedHashMap<>();

  void put(Worker worker) {
    workers.put(worker.id(), worker);
  }

  void remove(WorkerId worker) {
    workers.remove(worker);
    running.values().removeIf(r -> r.worker().equals(worker));
  }

  void reserve(TaskRequest task, WorkerId worker) {
    running.put(task.id(), new Running(worker, task.resources()));
  }

  void release(TaskId task) {
    running.remove(task);
  }

  Map<WorkerId, Worker> workers() {
    return workers;
  }

  boolean runs(TaskId task) {
    return running.containsKey(task);
  }

  boolean fits(TaskRequest task, WorkerId id) {
    Worker worker = workers.get(id);
    return worker != null
        && NaiveFit.suits(task, worker)
        && NaiveFit.hasRoom(
            task,
            worker,
            running.values().stream()
                .filter(r -> r.worker().equals(id))
                .map(Running::resources)
                .toList());
  }

  Set<WorkerId> fitting(TaskRequest task) {
    return workers.keySet().stream().filter(id -> fits(task, id)).collect(Collectors.toSet());
  }
}
