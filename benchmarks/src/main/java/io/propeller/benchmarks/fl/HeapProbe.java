package io.propeller.benchmarks.fl;

import io.propeller.fl.aggregate.Aggregate;
import io.propeller.fl.aggregate.AggregationInput;
import io.propeller.fl.aggregate.WeightedUpdate;
import io.propeller.fl.model.ElementType;
import io.propeller.fl.model.ModelFile;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.PackedValues;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.FileModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Aggregates a thousand stored updates and stores the result, in whatever heap it was given. */
final class HeapProbe {
  private static final int UPDATES = 1_000;
  private static final int DISTINCT = 10;
  private static final double NANOS = 1e9;

  private HeapProbe() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("fedavg-heap");
    try {
      FileModelStore store = FileModelStore.open(folder, InstantSource.system());
      Digest[] digests = new Digest[DISTINCT];
      for (int i = 0; i < DISTINCT; i++) {
        digests[i] = put(store, i);
      }
      long start = System.nanoTime();
      var input = AggregationInput.builder().shape(ModelShape.vector(Workload.LENGTH));
      for (int k = 0; k < UPDATES; k++) {
        ModelFile update = ModelFile.open(store.open(digests[k % DISTINCT]));
        input.addUpdates(
            WeightedUpdate.of(String.format(Locale.ROOT, "p%03d", k), k + 1L, update.values()));
      }
      long verified = System.nanoTime();
      Aggregate aggregate = Workload.FEDAVG.aggregate(input.build());
      long aggregated = System.nanoTime();
      store.put(new ModelFile(aggregate.model().shape(), aggregate.model().values())::write);
      System.out.printf(
          Locale.ROOT,
          "%d updates: verified in %.1f s, aggregated in %.1f s%n",
          UPDATES,
          (verified - start) / NANOS,
          (aggregated - verified) / NANOS);
    } finally {
      delete(folder);
    }
  }

  private static Digest put(FileModelStore store, int seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[Workload.LENGTH * Float.BYTES];
    for (int i = 0; i < Workload.LENGTH; i++) {
      PackedValues.putFloat(bytes, i * Float.BYTES, (float) random.nextDouble(-1, 1));
    }
    PackedValues values = PackedValues.of(ElementType.FLOAT32, bytes);
    return store.put(new ModelFile(ModelShape.vector(Workload.LENGTH), values)::write);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
