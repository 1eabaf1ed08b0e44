package io.propeller.fl.aggregate;

import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Vectors of the model's shape that a rule carries from round to round, as one model. */
final class ServerState {
  private ServerState() {}

  /** Returns the shape of a state of such vectors, whose names must be in alphabetical order. */
  private static ModelShape shape(ModelShape model, String... names) {
    List<Part> parts = new ArrayList<>();
    for (String name : names) {
      for (Part part : model.parts()) {
        parts.add(new Part("/" + name + part.name(), part.dimensions()));
      }
    }
    return ModelShape.of(parts);
  }

  /** Returns a state of these vectors, laid end to end. */
  static Model of(ModelShape model, double[] vectors, String... names) {
    return Model.wrap(shape(model, names), vectors);
  }

  /**
   * Returns the vectors of the previous round, laid end to end; empty in the first.
   *
   * @throws AggregationException if they belong to another model or rule
   */
  static Optional<double[]> previous(AggregationInput input, String... names)
      throws AggregationException {
    if (input.state().isEmpty()) {
      return Optional.empty();
    }
    Model state = input.state().get();
    if (!state.shape().equals(shape(input.shape(), names))) {
      throw new AggregationException(
          "the server's state belongs to another model or algorithm: its parts are "
              + state.shape());
    }
    return Optional.of(state.toArray());
  }
}
