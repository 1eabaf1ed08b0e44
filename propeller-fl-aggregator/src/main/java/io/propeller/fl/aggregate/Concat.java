package io.propeller.fl.aggregate;

import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * All updates side by side, unchanged, each under its participant's name. There is no paper: it
 * serves those who aggregate elsewhere. Its result holds as many values as all updates together.
 */
record Concat() implements AggregationAlgorithm {

  @Override
  public Aggregate aggregate(AggregationInput input) {
    ModelShape shape = resultShape(input);
    double[] all = new double[shape.length()];
    for (WeightedUpdate update : input.updates()) {
      double[] values = update.values().toArray();
      int from = 0;
      for (Part part : input.shape().parts()) {
        System.arraycopy(values, from, all, shape.offset(nameOf(update, part)), part.size());
        from += part.size();
      }
    }
    return Aggregate.of(Model.wrap(shape, all));
  }

  @Override
  public ModelShape resultShape(AggregationInput input) {
    List<Part> parts = new ArrayList<>();
    for (WeightedUpdate update : input.updates()) {
      for (Part part : input.shape().parts()) {
        parts.add(new Part(nameOf(update, part), part.dimensions()));
      }
    }
    return ModelShape.of(parts);
  }

  private static String nameOf(WeightedUpdate update, Part part) {
    return "/" + update.participant().value().replace("~", "~0").replace("/", "~1") + part.name();
  }
}
