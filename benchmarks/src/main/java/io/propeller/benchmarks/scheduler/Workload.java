package io.propeller.benchmarks.scheduler;

import com.google.common.collect.ImmutableMap;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.util.stream.IntStream;

/** The workers and tasks that placing is measured with. */
final class Workload {

  /** How many tasks of one CPU and one GiB fit a worker. */
  static final int TASKS_PER_WORKER = 8;

  private static final Resources TASK = Resources.of(1_000, 1L << 30);
  private static final Resources WORKER =
      Resources.of(1_000 * TASKS_PER_WORKER, TASKS_PER_WORKER * (1L << 30));

  private Workload() {}

  /** Returns a worker with four labels: one has 10 values over the fleet, another 100. */
  static Worker worker(int number) {
    return Worker.builder()
        .id(WorkerId.of("proplet-" + number))
        .putLabels("zone", "zone-" + number % 10)
        .putLabels("rack", "rack-" + number % 100)
        .putLabels("os", "linux")
        .putLabels("arch", number % 2 == 0 ? "arm64" : "amd64")
        .deviceType("raspberry-pi-4")
        .addCapabilities("gpio", "sensor")
        .capacity(WORKER)
        .build();
  }

  /** Returns a selector that this share of the fleet satisfies. */
  static Selector selector(String width) {
    ImmutableMap<String, String> labels =
        switch (width) {
          case "1" -> ImmutableMap.of("os", "linux");
          case "1/10" -> ImmutableMap.of("zone", "zone-3");
          case "1/100" -> ImmutableMap.of("rack", "rack-33");
          default -> throw new IllegalArgumentException("no selector of width " + width);
        };
    return Selector.builder().labels(labels).addCapabilities("gpio").build();
  }

  /** Returns tasks of one CPU and one GiB. */
  static TaskRequest[] tasks(int count, Selector selector) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                TaskRequest.builder()
                    .id(TaskId.of("task-" + i))
                    .selector(selector)
                    .resources(TASK)
                    .build())
        .toArray(TaskRequest[]::new);
  }

  /** Returns what fills a worker. */
  static Resources all() {
    return WORKER;
  }
}
