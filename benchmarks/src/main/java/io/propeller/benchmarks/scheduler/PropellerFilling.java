package io.propeller.benchmarks.scheduler;

import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.placement.PlacementQueue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Propeller's scheduler, with the policy that packs tasks as densely as Fenzo is asked to. */
final class PropellerFilling implements HostFilling {

  @Override
  public String name() {
    return "Propeller";
  }

  @Override
  public Result fill(int hosts, int tasks) {
    PlacementQueue queue =
        PlacementQueue.builder().clock(InstantSource.system()).defaultPolicy("bin-pack").build();
    for (int i = 0; i < hosts; i++) {
      queue.put(
          Worker.builder()
              .id(WorkerId.of("host-" + i))
              .capacity(Resources.of(1_000 * TASKS_PER_HOST, 1_000_000_000L * TASKS_PER_HOST))
              .build());
    }
    List<TaskRequest> requests = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      requests.add(
          TaskRequest.builder()
              .id(TaskId.of("task-" + i))
              .resources(Resources.of(1_000, 1_000_000_000L))
              .build());
    }
    List<Placed> placed = new ArrayList<>(tasks);
    long start = System.nanoTime();
    for (TaskRequest request : requests) {
      placed.addAll(queue.submit(request));
    }
    long nanos = System.nanoTime() - start;
    Map<WorkerId, Integer> counts = new HashMap<>();
    placed.forEach(one -> counts.merge(one.worker(), 1, Integer::sum));
    int most = counts.values().stream().mapToInt(i -> i).max().orElse(0);
    return new Result(placed.size(), most, nanos);
  }
}
