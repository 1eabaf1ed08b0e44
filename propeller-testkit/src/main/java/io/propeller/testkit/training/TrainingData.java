package io.propeller.testkit.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The synthetic set that the training module learns from: two clouds around opposite points, which
 * overlap, so that no model is right about more than seven of eight samples. What tells most is
 * small beside what tells less, so that it is learnt last. The module makes the same samples, to
 * the last bit.
 *
 * @param seed what it is made from, at least 0
 * @param shards into how many shards it is cut, at least 1
 * @param skew from 0, all shards alike, to 1: the first shard has zeros only, the last ones only
 * @param samples how many samples a shard has, at least 1
 */
public record TrainingData(long seed, int shards, double skew, int samples) {

  private static final double[] CENTRE = {0.3, -1, 0.5, 0};
  private static final double[] WIDTH = {0.3, 2, 2, 1};
  private static final int SEEDS_APART = 1_000_003;

  /** Returns the samples of one worker. */
  public Shard shard(int index) {
    return make(index, share(index), samples);
  }

  /** Returns the samples of all workers. */
  public Shard pooled() {
    return Shard.pooled(IntStream.range(0, shards).mapToObj(this::shard));
  }

  /** Returns samples that no worker has, as many ones as zeros on the whole. */
  public Shard test(int size) {
    return make(-1, 0.5, size);
  }

  private double share(int index) {
    return shards == 1 ? 0.5 : 0.5 + skew * (index / (double) (shards - 1) - 0.5);
  }

  private Shard make(int index, double share, int size) {
    SplitMix random = new SplitMix(seed * SEEDS_APART + index);
    List<Sample> made = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int label = random.uniform() < share ? 1 : 0;
      double side = 2 * label - 1;
      made.add(
          new Sample(
              side * CENTRE[0] + WIDTH[0] * random.noise(),
              side * CENTRE[1] + WIDTH[1] * random.noise(),
              side * CENTRE[2] + WIDTH[2] * random.noise(),
              side * CENTRE[3] + WIDTH[3] * random.noise(),
              label));
    }
    return new Shard(made);
  }
}
