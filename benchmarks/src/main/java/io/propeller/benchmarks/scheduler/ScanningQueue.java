package io.propeller.benchmarks.scheduler;

import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The baseline: it filters all workers for each task and takes those that are left in turn, as the
 * Go operator does.
 */
final class ScanningQueue {

  private static final class Entry {
    private final Worker worker;
    private long cpu;
    private long memory;

    Entry(Worker worker) {
      this.worker = worker;
    }

    boolean fits(TaskRequest task) {
      return worker.phase() == WorkerPhase.RUNNING
          && worker.schedulable()
          && worker.capacity().cpuMillis() - cpu >= task.resources().cpuMillis()
          && worker.capacity().memoryBytes() - memory >= task.resources().memoryBytes()
          && hasLabels(task)
          && worker.capabilities().containsAll(task.selector().capabilities());
    }

    private boolean hasLabels(TaskRequest task) {
      for (Map.Entry<String, String> label : task.selector().labels().entrySet()) {
        if (!label.getValue().equals(worker.labels().get(label.getKey()))) {
          return false;
        }
      }
      return true;
    }

    void take(Resources resources, int sign) {
      cpu += sign * resources.cpuMillis();
      memory += sign * resources.memoryBytes();
    }
  }

  private record Running(int worker, Resources resources) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<TaskId, Running> running = new HashMap<>();
  private int turn;

  void put(Worker worker) {
    entries.add(new Entry(worker));
  }

  void reserve(TaskId task, int worker, Resources resources) {
    running.put(task, new Running(worker, resources));
    entries.get(worker).take(resources, 1);
  }

  void release(TaskId task) {
    @Nullable Running ended = running.remove(task);
    if (ended != null) {
      entries.get(ended.worker()).take(ended.resources(), -1);
    }
  }

  int submit(TaskRequest task) {
    List<Integer> fitting = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).fits(task)) {
        fitting.add(i);
      }
    }
    if (fitting.isEmpty()) {
      return -1;
    }
    int worker = fitting.get(turn++ % fitting.size());
    reserve(task.id(), worker, task.resources());
    return worker;
  }
}
