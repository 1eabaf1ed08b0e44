package io.propeller.operator.internal.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;

/** The operator's metrics. Safe for use by any thread. */
public final class OperatorMetrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /** Makes metrics that are all zero. */
  public OperatorMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  /** Counts a Task that was given to a proplet. */
  public void taskDispatched() {
    registry.counter("propeller.tasks.dispatched").increment();
  }

  /** Counts a Task that reached a phase which ends a run. */
  public void taskEnded(String phase) {
    registry.counter("propeller.tasks.ended", "phase", phase).increment();
  }

  /** Counts a Kubernetes Event that was not written. */
  public void eventDropped() {
    registry.counter("propeller.events.dropped").increment();
  }

  /** Counts a result that changed nothing. */
  public void resultRefused(String reason) {
    registry
        .counter("propeller.results.refused", "reason", reason.toLowerCase(Locale.ROOT))
        .increment();
  }

  /** Counts a message that could not be read, or was of nobody that is known. */
  public void messageRefused(String reason) {
    registry
        .counter("propeller.messages.refused", "reason", reason.toLowerCase(Locale.ROOT))
        .increment();
  }

  /** Counts an update of a round that counts. */
  public void updateCounted() {
    registry.counter("propeller.updates.counted").increment();
  }

  /** Counts an update that does not count. */
  public void updateRefused(String reason) {
    registry
        .counter("propeller.updates.refused", "reason", reason.toLowerCase(Locale.ROOT))
        .increment();
  }

  /** Shows a number that changes by itself, under a name with dots. */
  public void show(String name, String description, Supplier<Number> number) {
    Gauge.builder(name, number).description(description).register(registry);
  }

  /** Returns all metrics in the text format of Prometheus. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
