package io.propeller.testkit.fl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.propeller.fl.aggregate.Aggregate;
import io.propeller.fl.aggregate.AggregationAlgorithm;
import io.propeller.fl.aggregate.AggregationException;
import io.propeller.fl.aggregate.AggregationInput;
import io.propeller.fl.aggregate.NoiseSeed;
import io.propeller.fl.aggregate.WeightedUpdate;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.PackedValues;
import io.propeller.fl.model.Part;
import io.propeller.fl.model.Values;
import io.propeller.fl.update.ParticipantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every {@link AggregationAlgorithm} must keep to, whatever it computes. */
public abstract class AggregationAlgorithmContract {
  private static final int WEIGHTS = 2_500;
  private static final ModelShape SHAPE = ModelShape.of(Part.of("/w", WEIGHTS), Part.of("/b"));
  private static final int SPARE_UPDATES = 3;

  /** For subclasses. */
  protected AggregationAlgorithmContract() {}

  /** Makes the rule under test, each time a new one. */
  protected abstract AggregationAlgorithm algorithm();

  private static double[] vector(SplittableRandom random) {
    return random.doubles(SHAPE.length(), -1, 1).map(value -> (float) value).toArray();
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private List<double[]> vectors() {
    SplittableRandom random = new SplittableRandom(11);
    List<double[]> vectors = new ArrayList<>();
    for (int k = 0; k < algorithm().minimumUpdates() + SPARE_UPDATES; k++) {
      vectors.add(vector(random));
    }
    return vectors;
  }

  private static WeightedUpdate update(int participant, Values values) {
    return new WeightedUpdate(
        ParticipantId.of("p" + participant), participant + 1, OptionalDouble.of(0.5), values);
  }

  private static List<WeightedUpdate> updates(List<double[]> vectors) {
    List<WeightedUpdate> updates = new ArrayList<>();
    for (int k = 0; k < vectors.size(); k++) {
      updates.add(update(k, Values.of(toFloats(vectors.get(k)))));
    }
    return updates;
  }

  private static AggregationInput input(
      List<WeightedUpdate> updates, int threads, Optional<Model> state) {
    return AggregationInput.builder()
        .shape(SHAPE)
        .addAllUpdates(updates)
        .global(Model.wrap(SHAPE, vector(new SplittableRandom(12))))
        .noiseSeed(new NoiseSeed("5c".repeat(32)))
        .state(state)
        .threads(threads)
        .build();
  }

  @Test
  void theResultHasTheShapeThatTheRuleStatesAndIsFinite() throws AggregationException {
    AggregationInput input = input(updates(vectors()), 1, Optional.empty());
    Model model = algorithm().aggregate(input).model();
    assertEquals(algorithm().resultShape(input), model.shape());
    for (int i = 0; i < model.length(); i++) {
      assertTrue(Double.isFinite(model.value(i)), "value " + i + " is " + model.value(i));
    }
  }

  @Test
  void theFewestUpdatesThatItStatesAreEnough() throws AggregationException {
    List<WeightedUpdate> fewest = updates(vectors()).subList(0, algorithm().minimumUpdates());
    algorithm().aggregate(input(fewest, 1, Optional.empty()));
  }

  @Test
  void theSameUpdatesGiveTheSameBitsInAnyOrderOnAnyNumberOfThreadsHoweverTheyAreHeld()
      throws AggregationException {
    List<double[]> vectors = vectors();
    List<WeightedUpdate> updates = updates(vectors);
    Aggregate expected = algorithm().aggregate(input(updates, 1, Optional.empty()));
    for (int seed = 0; seed < 4; seed++) {
      List<WeightedUpdate> shuffled = new ArrayList<>();
      for (int k = 0; k < vectors.size(); k++) {
        float[] floats = toFloats(vectors.get(k));
        shuffled.add(
            update(k, (k + seed) % 2 == 0 ? Values.of(floats) : PackedValues.pack(floats)));
      }
      Collections.rotate(shuffled, seed);
      Collections.swap(shuffled, 0, shuffled.size() / 2);
      assertEquals(expected, algorithm().aggregate(input(shuffled, seed + 1, Optional.empty())));
    }
  }

  @Test
  void itAcceptsTheStateThatItReturned() throws AggregationException {
    List<WeightedUpdate> updates = updates(vectors());
    Optional<Model> state = algorithm().aggregate(input(updates, 1, Optional.empty())).state();
    Aggregate second = algorithm().aggregate(input(updates, 1, state));
    assertEquals(
        second, algorithm().aggregate(input(updates, 1, state)), "it keeps nothing itself");
  }

  @Test
  void itLeavesItsInputAsItWas() throws AggregationException {
    List<double[]> vectors = vectors();
    AggregationInput input = input(updates(vectors), 2, Optional.empty());
    Model global = Model.of(SHAPE, input.global().orElseThrow().toArray());
    algorithm().aggregate(input);
    assertEquals(Optional.of(global), input.global());
    List<WeightedUpdate> sorted = input.updates();
    for (WeightedUpdate update : sorted) {
      int k = Integer.parseInt(update.participant().value().substring(1));
      assertArrayEquals(vectors.get(k), update.values().toArray());
    }
  }

  @Test
  void whatWorkersAreToldIsFinite() {
    algorithm()
        .clientParameters()
        .forEach((name, value) -> assertTrue(Double.isFinite(value), name + " is " + value));
  }
}
