package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One worker's place: what it is, once it is known, and what runs on it. */
final class Slot implements WorkerState {

  final WorkerId id;
  final Map<TaskId, Resources> tasks = new LinkedHashMap<>();
  @Nullable Worker worker;
  private final int ordinal;

  Slot(WorkerId id, int ordinal) {
    this.id = id;
    this.ordinal = ordinal;
  }

  @Override
  public Worker worker() {
    if (worker == null) {
      throw new IllegalStateException("worker " + id + " is not known yet");
    }
    return worker;
  }

  @Override
  public int ordinal() {
    return ordinal;
  }

  @Override
  public int runningTasks() {
    return tasks.size();
  }

  @Override
  public Resources used() {
    long cpu = 0;
    long memory = 0;
    Map<String, Long> custom = new TreeMap<>();
    for (Resources taken : tasks.values()) {
      cpu += taken.cpuMillis();
      memory += taken.memoryBytes();
      taken.custom().forEach((name, amount) -> custom.merge(name, amount, Long::sum));
    }
    return Resources.of(cpu, memory, custom);
  }
}
