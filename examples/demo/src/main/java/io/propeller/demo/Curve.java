package io.propeller.demo;

import java.util.List;

/**
 * How accurate a model is from round to round.
 *
 * @param name what made it
 * @param accuracies from 0 to 1; the first before any round, then one after each
 */
record Curve(String name, List<Double> accuracies) {

  Curve {
    accuracies = List.copyOf(accuracies);
  }

  /** Returns the accuracy after the last round. */
  double last() {
    return accuracies.get(accuracies.size() - 1);
  }
}
