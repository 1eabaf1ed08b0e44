package io.propeller.benchmarks.mqtt;

import io.propeller.benchmarks.Benchmark;
import java.util.List;

/** The benchmarks of {@code propeller-mqtt}. */
public final class MqttBenchmarks {

  /** All of them, in the order in which they are listed. */
  public static final List<Benchmark> ALL =
      List.of(new CodecBenchmark(), new ClientBenchmark(), new UpdateDecodeBenchmark());

  private MqttBenchmarks() {}
}
