package io.propeller.testkit.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the training module is told, as the hyperparameters of a FederatedJob. Begin with {@link
 * #DEFAULT}.
 *
 * @param seed what the set is made from, at least 0
 * @param shards how many shards there are, at least 1; a worker has the one of the number at the
 *     end of its identity, modulo this
 * @param skew from 0, all shards alike, to 1: the first shard has zeros only, the last ones only
 * @param samples how many samples a shard has, at least 1
 * @param epochs how often a worker goes through its shard in a round, at least 0
 * @param learningRate the size of a step, above 0
 * @param poisoned the shard whose worker does harm: it learns the wrong labels and sends twenty
 *     times what it learnt
 */
public record TrainingTask(
    long seed,
    int shards,
    double skew,
    int samples,
    int epochs,
    double learningRate,
    OptionalInt poisoned) {

  /** Ten shards of 200 samples, all alike; two epochs of steps of 0.05; nobody poisoned. */
  public static final TrainingTask DEFAULT =
      new TrainingTask(1, 10, 0, 200, 2, 0.05, OptionalInt.empty());

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TrainingTask {
    require(seed >= 0, "seed", "at least 0", seed);
    require(shards >= 1, "shards", "at least 1", shards);
    require(skew >= 0 && skew <= 1, "skew", "from 0 to 1", skew);
    require(samples >= 1, "samples", "at least 1", samples);
    require(epochs >= 0, "epochs", "at least 0", epochs);
    require(learningRate > 0, "learningRate", "above 0", learningRate);
    int harmful = poisoned.orElse(0);
    require(harmful >= 0 && harmful < shards, "poisoned", "one of the shards", harmful);
  }

  /** Returns this task on another set. */
  public TrainingTask withSeed(long other) {
    return new TrainingTask(other, shards, skew, samples, epochs, learningRate, poisoned);
  }

  /** Returns this task with another number of shards. */
  public TrainingTask withShards(int other) {
    return new TrainingTask(seed, other, skew, samples, epochs, learningRate, poisoned);
  }

  /** Returns this task with shards that differ as much. */
  public TrainingTask withSkew(double other) {
    return new TrainingTask(seed, shards, other, samples, epochs, learningRate, poisoned);
  }

  /** Returns this task with shards of another size. */
  public TrainingTask withSamples(int other) {
    return new TrainingTask(seed, shards, skew, other, epochs, learningRate, poisoned);
  }

  /** Returns this task with another number of epochs in a round. */
  public TrainingTask withEpochs(int other) {
    return new TrainingTask(seed, shards, skew, samples, other, learningRate, poisoned);
  }

  /** Returns this task with steps of another size. */
  public TrainingTask withLearningRate(double other) {
    return new TrainingTask(seed, shards, skew, samples, epochs, other, poisoned);
  }

  /** Returns this task with a harmful worker. */
  public TrainingTask withPoisoned(int shard) {
    return new TrainingTask(
        seed, shards, skew, samples, epochs, learningRate, OptionalInt.of(shard));
  }

  /** Returns the set that the workers have. */
  public TrainingData data() {
    return new TrainingData(seed, shards, skew, samples);
  }

  /** Returns the hyperparameters, which JSON can hold as they are. */
  public Map<String, Number> hyperparams() {
    Map<String, Number> values = new LinkedHashMap<>();
    values.put("seed", seed);
    values.put("shards", shards);
    values.put("skew", skew);
    values.put("num_samples", samples);
    values.put("epochs", epochs);
    values.put("learning_rate", learningRate);
    poisoned.ifPresent(shard -> values.put("poisoned", shard));
    return values;
  }

  private static void require(boolean condition, String name, String range, Number value) {
    if (!condition) {
      throw new IllegalArgumentException(name + " must be " + range + ", is " + value);
    }
  }
}
