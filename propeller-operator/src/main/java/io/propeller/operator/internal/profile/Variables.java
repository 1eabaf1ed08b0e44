package io.propeller.operator.internal.profile;

import io.propeller.mqtt.message.MemoryMetrics;
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
      case "memory" -> memory(metrics.memory(), hostMemory);
      default -> metrics.custom().getOrDefault(name, Double.NaN);
    };
  }

  /** Of the container's limit, or else of the host's memory. */
  private static double memory(MemoryMetrics memory, OptionalLong hostMemory) {
    OptionalLong used =
        memory.containerUsageBytes().isPresent() ? memory.containerUsageBytes() : memory.rssBytes();
    OptionalLong total =
        memory.containerLimitBytes().isPresent() ? memory.containerLimitBytes() : hostMemory;
    return used.isPresent() && total.isPresent() && total.getAsLong() > 0
        ? 100.0 * used.getAsLong() / total.getAsLong()
        : Double.NaN;
  }
}
