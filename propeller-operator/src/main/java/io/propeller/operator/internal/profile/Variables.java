package io.propeller.operator.internal.profile;

import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.scheduler.condition.Metrics;
import java.util.Optional;
import java.util.OptionalLong;

/** What conditions may speak of: {@code cpu}, {@code memory}, and what the worker calls its own. */
final class Variables {

  private Variables() {}

  static Metrics of(Optional<PropletMetrics> reported, OptionalLong hostMemory) {
    return name -> reported.map(metrics -> value(metrics, name, hostMemory)).orElse(Double.NaN);
  }

  private static double value(PropletMetrics metrics, String name, OptionalLong hostMemory) {
    return switch (name) {
      case "cpu" -> metrics.cpu().percent().orElse(Double.NaN);
      case "memory" -> metrics.memory().percent(hostMemory).orElse(Double.NaN);
      default -> metrics.custom().getOrDefault(name, Double.NaN);
    };
  }
}
