package io.propeller.fl.aggregate;

import com.google.common.collect.ImmutableSortedMap;
import io.propeller.fl.model.Model;
import java.util.Optional;

/**
 * What a rule computes.
 *
 * @param model the next global model
 * @param state what the rule wants to see again in the next round
 * @param metrics figures of the rule's own, such as {@code epsilon}
 */
public record Aggregate(
    Model model, Optional<Model> state, ImmutableSortedMap<String, Double> metrics) {

  /** Returns a model alone. */
  public static Aggregate of(Model model) {
    return new Aggregate(model, Optional.empty(), ImmutableSortedMap.of());
  }

  /** Returns a model and a state. */
  public static Aggregate of(Model model, Model state) {
    return new Aggregate(model, Optional.of(state), ImmutableSortedMap.of());
  }
}
