package io.propeller.demo;

import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletType;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets ten workers learn together, by several algorithms, and draws how well they do. */
@Command(
    name = "federated",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Lets ten workers train a model together, each on data of its own that it keeps: a"
          + " FederatedJob for each algorithm. Shows how accurate the model is after each round,"
          + " and draws it."
    })
final class FederatedDemo implements Callable<Integer> {

  private static final int WORKERS = 10;
  private static final int HARMFUL = 3;
  private static final double SKEW = 0.8;
  private static final Channel CHANNEL = Channel.of("demo", "farm");
  private static final List<String> HEADER = List.of("ALGORITHM", "PROGRESS", "ACCURACY", "");

  @Option(
      names = "--poisoned",
      description =
          "let one of the workers learn the wrong answers and send twenty times what it learnt")
  private boolean poisoned;

  @Option(
      names = "--algorithms",
      arity = "1..*",
      paramLabel = "NAME",
      description =
          "how updates become a model, one job for each (default: fedavg trimmed-mean krum)")
  private List<String> algorithms = List.of("fedavg", "trimmed-mean", "krum");

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "how many rounds each job has (default: 10)")
  private int rounds;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "where the picture goes (default: examples/demo/target/federated.svg)")
  private Path chart = Path.of("examples", "demo", "target", "federated.svg");

  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    Screen screen = Screen.of(System.out);
    try (Stage stage = Stage.open(Optional.empty(), CHANNEL)) {
      List<String> workers = IntStream.range(0, WORKERS).mapToObj(i -> "device-" + i).toList();
      workers.forEach(worker -> join(stage, worker));
      screen.say("a broker, an API server, an operator and %d workers are up".formatted(WORKERS));
      screen.say(circumstances());
      Experiment experiment =
          new Experiment(stage, InstantSource.system(), task(), rounds, workers);
      List<Curve> curves = new ArrayList<>();
      for (String algorithm : algorithms) {
        curves.add(experiment.run(algorithm, curve -> show(screen, curve)));
      }
      double pooled = experiment.pooled();
      screen.say("trained on all data at once: " + AccuracyChart.percent(pooled));
      write(
          new AccuracyChart("Accuracy of the model after each round", circumstances(), pooled)
              .svg(curves));
      screen.say("drawn in " + chart);
    }
    return 0;
  }

  private TrainingTask task() {
    TrainingTask task = TrainingTask.DEFAULT.withShards(WORKERS).withSkew(SKEW);
    return poisoned ? task.withPoisoned(HARMFUL) : task;
  }

  private String circumstances() {
    return "of the samples of device-0 a tenth are ones, of those of device-9 nine tenths; "
        + (poisoned ? "device-" + HARMFUL + " does harm" : "nobody does harm");
  }

  private static void join(Stage stage, String name) {
    Proplet proplet =
        new PropletBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(stage.namespace())
            .endMetadata()
            .withNewSpec()
            .withType(PropletType.EXTERNAL)
            .withNewConnectionConfig()
            .withMqttAddress("tcp://localhost:1883")
            .withDomainId(CHANNEL.domain().value())
            .withChannelId(CHANNEL.id().value())
            .withClientId(name)
            .withClientKey("not-a-real-key")
            .endConnectionConfig()
            .endSpec()
            .build();
    stage.startWorker(stage.client().resource(proplet).create());
  }

  private void show(Screen screen, Curve curve) {
    String accuracy = AccuracyChart.percent(curve.last());
    String bar = "#".repeat((int) Math.round(curve.last() * 40));
    rows.put(
        curve.name(),
        List.of(
            curve.name(),
            "round %d of %d".formatted(curve.accuracies().size() - 1, rounds),
            accuracy,
            bar));
    screen.table(HEADER, List.copyOf(rows.values()));
  }

  private void write(String svg) {
    try {
      Path folder = chart.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(chart, svg);
    } catch (IOException e) {
      throw new DemoException(chart + ": cannot be written (" + e + ")", e);
    }
  }
}
