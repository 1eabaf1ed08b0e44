package io.propeller.operator.internal.http;

import io.propeller.operator.OperatorOptions;
import io.propeller.operator.internal.health.Health;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a cluster asks of an operator: whether it lives, whether it is ready, and its metrics. */
public final class Probes implements AutoCloseable {

  private final List<Endpoints> endpoints = new ArrayList<>();

  private Probes() {}

  /**
   * Listens where the options say.
   *
   * @throws IOException if an address cannot be listened on
   */
  public static Probes listen(OperatorOptions options, Health health, OperatorMetrics metrics)
      throws IOException {
    Probes probes = new Probes();
    try {
      if (options.healthProbeBindAddress().isPresent()) {
        probes.endpoints.add(
            Endpoints.listen(options.healthProbeBindAddress().get())
                .checks("/livez", List::of)
                .checks("/readyz", health::checks)
                .checks("/healthz", List::of));
      }
      if (options.metricsBindAddress().isPresent()) {
        probes.endpoints.add(
            Endpoints.listen(options.metricsBindAddress().get())
                .text("/metrics", "text/plain; version=0.0.4; charset=utf-8", metrics::scrape));
      }
      return probes;
    } catch (IOException e) {
      probes.close();
      throw e;
    }
  }

  @Override
  public void close() {
    endpoints.forEach(Endpoints::close);
  }
}
