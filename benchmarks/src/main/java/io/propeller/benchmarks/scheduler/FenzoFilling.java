package io.propeller.benchmarks.scheduler;

import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.VirtualMachineLease;
import com.netflix.fenzo.plugins.BinPackingFitnessCalculators;
import java.util.ArrayList;
import java.util.List;

/** Fenzo, with its calculator that packs by CPU and memory. */
final class FenzoFilling implements HostFilling {

  @Override
  public String name() {
    return "Fenzo";
  }

  @Override
  public Result fill(int hosts, int tasks) {
    TaskScheduler scheduler =
        new TaskScheduler.Builder()
            .withLeaseOfferExpirySecs(1_000_000)
            .withLeaseRejectAction(lease -> {})
            .withFitnessCalculator(BinPackingFitnessCalculators.cpuMemBinPacker)
            .build();
    List<VirtualMachineLease> leases = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      leases.add(new FenzoHost("host-" + i));
    }
    List<TaskRequest> requests = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      requests.add(new FenzoTask("task-" + i));
    }
    scheduler.scheduleOnce(new ArrayList<TaskRequest>(), leases);
    long start = System.nanoTime();
    SchedulingResult result = scheduler.scheduleOnce(requests, new ArrayList<>());
    long nanos = System.nanoTime() - start;
    int[] counts =
        result.getResultMap().values().stream()
            .mapToInt(host -> host.getTasksAssigned().size())
            .toArray();
    return new Result(
        java.util.Arrays.stream(counts).sum(),
        java.util.Arrays.stream(counts).max().orElse(0),
        nanos);
  }
}
