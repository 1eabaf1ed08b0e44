package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** See {@link Policies#SPREAD}. Workers without the label are a zone of their own. */
final class SpreadPolicy implements SchedulingPolicy {

  private static final String DEFAULT_LABEL = "topology.kubernetes.io/zone";

  private final String label;

  private SpreadPolicy(String label) {
    this.label = label;
  }

  static SpreadPolicy create(PolicyContext context) {
    return new SpreadPolicy(context.settings().getOrDefault("label", DEFAULT_LABEL));
  }

  @Override
  public @Nullable WorkerState pick(TaskRequest task, Candidates candidates) {
    Map<String, Integer> tasksByZone = new HashMap<>();
    for (WorkerState worker = candidates.firstFrom(0);
        worker != null;
        worker = candidates.firstFrom(worker.ordinal() + 1)) {
      tasksByZone.merge(zone(worker), worker.runningTasks(), Integer::sum);
    }
    WorkerState best = null;
    for (WorkerState worker = candidates.firstFrom(0);
        worker != null;
        worker = candidates.firstFrom(worker.ordinal() + 1)) {
      if (best == null || better(worker, best, tasksByZone)) {
        best = worker;
      }
    }
    return best;
  }

  private boolean better(WorkerState worker, WorkerState than, Map<String, Integer> tasksByZone) {
    int byZone =
        Integer.compare(
            tasksByZone.getOrDefault(zone(worker), 0), tasksByZone.getOrDefault(zone(than), 0));
    return byZone == 0 ? Load.of(worker) < Load.of(than) : byZone < 0;
  }

  private String zone(WorkerState worker) {
    return worker.worker().labels().getOrDefault(label, "");
  }
}
