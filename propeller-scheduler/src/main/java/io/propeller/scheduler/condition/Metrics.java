package io.propeller.scheduler.condition;

import java.util.Map;

/** What was last reported of a worker, by name. */
@FunctionalInterface
public interface Metrics {

  /**
   * Returns the value of this name, or {@link Double#NaN} if it was never reported, which a
   * condition calls nil.
   */
  double get(String name);

  /** Returns the metrics that the map holds at the time of each question. */
  static Metrics of(Map<String, Double> values) {
    return name -> {
      Double value = values.get(name);
      return value == null ? Double.NaN : value;
    };
  }
}
