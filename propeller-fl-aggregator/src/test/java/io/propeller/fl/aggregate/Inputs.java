package io.propeller.fl.aggregate;

import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Values;
import io.propeller.fl.update.ParticipantId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Builds inputs for the rules. */
final class Inputs {
  private Inputs() {}

  static AggregationAlgorithm rule(String name, Map<String, ?> config) {
    return AggregationAlgorithms.of(List.of()).create(name, config);
  }

  /** Updates of weight 1 by p00, p01, …. */
  static AggregationInput.Builder of(double[]... vectors) {
    AggregationInput.Builder input =
        AggregationInput.builder().shape(ModelShape.vector(vectors[0].length));
    for (int i = 0; i < vectors.length; i++) {
      input.addUpdates(update(i, 1, vectors[i]));
    }
    return input;
  }

  static WeightedUpdate update(int participant, long weight, double... values) {
    return WeightedUpdate.of(String.format("p%02d", participant), weight, Values.of(values));
  }

  static WeightedUpdate updateWithLoss(int participant, double loss, double... values) {
    return new WeightedUpdate(
        ParticipantId.of("p" + participant), 1, OptionalDouble.of(loss), Values.of(values));
  }

  static Model model(double... values) {
    return Model.of(ModelShape.vector(values.length), values);
  }
}
