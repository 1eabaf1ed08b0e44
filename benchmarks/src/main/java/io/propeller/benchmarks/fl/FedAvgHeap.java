package io.propeller.benchmarks.fl;

import com.fasterxml.jackson.core.JsonFactory;
import com.google.common.collect.ImmutableList;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.fl.aggregate.AggregationAlgorithm;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The heap that fedavg of a thousand stored updates needs, found by running it in ever larger ones.
 */
final class FedAvgHeap implements Benchmark {
  private static final int UPDATE_MIB = 4;
  private static final List<Integer> HEAPS_MIB = List.of(12, 14, 16, 20, 24, 32, 64, 128);

  /**
   * The library and what it needs: the directories of other jars would take a third of the heap.
   */
  private static final String LIBRARY =
      Stream.of(HeapProbe.class, AggregationAlgorithm.class, ImmutableList.class, JsonFactory.class)
          .map(FedAvgHeap::jarOf)
          .collect(Collectors.joining(File.pathSeparator));

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

  private static String jarOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static int runIn(int heapMib) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-Xmn2m",
            "-Xmx" + heapMib + "m",
            "-cp",
            LIBRARY,
            HeapProbe.class.getName())
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
