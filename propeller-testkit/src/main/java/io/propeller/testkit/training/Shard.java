package io.propeller.testkit.training;

import java.util.List;
import java.util.stream.Stream;

/**
 * Samples.
 *
 * @param samples at least one
 */
public record Shard(List<Sample> samples) {

  /** Copies the list. */
  public Shard {
    samples = List.copyOf(samples);
  }

  /** Returns the samples of all of these. */
  static Shard pooled(Stream<Shard> shards) {
    return new Shard(shards.flatMap(shard -> shard.samples().stream()).toList());
  }

  /** Returns which part of the labels are ones. */
  public double share() {
    return samples.stream().mapToInt(Sample::label).average().orElseThrow();
  }
}
