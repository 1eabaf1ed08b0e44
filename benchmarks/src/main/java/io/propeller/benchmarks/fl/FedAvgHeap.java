package io.propeller.benchmarks.fl;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The heap that fedavg of a thousand stored updates needs, found by running it in ever larger ones.
 */
final class FedAvgHeap implements Benchmark {
  private static final int UPDATE_MIB = 4;
  private static final List<Integer> HEAPS_MIB = List.of(16, 20, 24, 32, 64, 128);

  @Override
  public String name() {
    return "fedavg-heap";
  }

  @Override
  public String description() {
    return "fedavg of 1,000 stored updates of 1 Mi float32 values: the heap of four updates, by the"
        + " whole JVM's";
  }

  @Override
  public double goal() {
    return 1;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    for (int heap : HEAPS_MIB) {
      int exit = runIn(heap);
      out.printf(
          Locale.ROOT, "in a heap of %d MiB: %s%n", heap, exit == 0 ? "done" : "out of memory");
      if (exit == 0) {
        return 4.0 * UPDATE_MIB / heap;
      }
    }
    return 0;
  }

  private static int runIn(int heapMib) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-Xmn2m",
            "-Xmx" + heapMib + "m",
            "-cp",
            System.getProperty("java.class.path"),
            HeapProbe.class.getName())
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
