package io.propeller.benchmarks.scheduler;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Memory of an indexed fleet, against the allowance of 300 bytes a worker. */
final class PlacingMemoryBenchmark implements Benchmark {

  private static final double ALLOWANCE = 300;
  private static final int WORKERS = 200_000;

  @Override
  public String name() {
    return "placing-memory";
  }

  @Override
  public String description() {
    return "bytes a worker, its description and index included; the ratio is 300 to that";
  }

  @Override
  public double goal() {
    return 1;
  }

  @Override
  public double run(Effort effort, PrintStream out) {
    double map = bytesPerWorker(PlacingMemoryBenchmark::map);
    double fleet = bytesPerWorker(PlacingMemoryBenchmark::fleet);
    out.printf(Locale.ROOT, "a map of the same workers: %.0f B each%n", map);
    out.printf(Locale.ROOT, "the fleet, with ten kinds of tasks looked up: %.0f B each%n", fleet);
    return ALLOWANCE / fleet;
  }

  private static Map<WorkerId, Worker> map() {
    Map<WorkerId, Worker> map = new HashMap<>();
    for (int i = 0; i < WORKERS; i++) {
      Worker worker = Workload.worker(i);
      map.put(worker.id(), worker);
    }
    return map;
  }

  private static Fleet fleet() {
    Fleet fleet = new Fleet();
    for (int i = 0; i < WORKERS; i++) {
      fleet.put(Workload.worker(i));
    }
    for (int i = 0; i < 10; i++) {
      fleet.candidates(
          Workload.tasks(
              1,
              io.propeller.scheduler.model.Selector.builder()
                  .putLabels("zone", "zone-" + i)
                  .build())[0]
              .requirements());
    }
    return fleet;
  }

  private static double bytesPerWorker(Supplier<?> build) {
    long before = used();
    Object built = build.get();
    try {
      return (double) (used() - before) / WORKERS;
    } finally {
      Reference.reachabilityFence(built);
    }
  }

  // The collector has to be asked for: only what survives it counts.
  @SuppressWarnings("SystemGc")
  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
