package io.propeller.benchmarks;

import com.google.common.collect.ImmutableList;
import io.propeller.benchmarks.fl.FlBenchmarks;
import io.propeller.benchmarks.mqtt.MqttBenchmarks;
import io.propeller.benchmarks.operator.DispatchBenchmark;
import io.propeller.benchmarks.operator.OperatorBenchmark;
import io.propeller.benchmarks.operator.StartBenchmark;
import io.propeller.benchmarks.scheduler.SchedulerBenchmarks;
import java.util.List;
import java.util.Optional;

/** All benchmarks, in the order in which they are listed. */
final class Benchmarks {

  static final List<Benchmark> ALL =
      ImmutableList.<Benchmark>builder()
          .add(new DispatchBenchmark())
          .add(new OperatorBenchmark())
          .add(new StartBenchmark())
          .addAll(MqttBenchmarks.ALL)
          .addAll(SchedulerBenchmarks.ALL)
          .addAll(FlBenchmarks.ALL)
          .build();

  private Benchmarks() {}

  static Optional<Benchmark> named(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }
}
