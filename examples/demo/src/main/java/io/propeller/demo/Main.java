package io.propeller.demo;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.propeller.mqtt.topic.Channel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs Tasks from their manifests to their results, with all that it takes in this process. */
@Command(
    name = "dev/demo",
    subcommands = FederatedDemo.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Runs tasks on WebAssembly workers, with all that it takes in one process: broker, API"
          + " server, operator and workers."
    })
public final class Main implements Callable<Integer> {

  private static final Path OWN = Path.of("examples", "demo", "manifests");

  @Option(
      names = "--manifest",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "run these instead of the demo's own; without a Proplet in them, on the demo's Proplets")
  private List<Path> manifests = List.of();

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "1000",
      description = "how many more tasks to run after the demo's own (default: 1000)")
  private int tasks;

  @Option(names = "--chaos", description = "kill one of the workers in the middle of those")
  private boolean chaos;

  @Option(names = "--keep", description = "go on serving until interrupted")
  private boolean keep;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "use the cluster of this file instead of an API server in this process")
  private Optional<Path> kubeconfig = Optional.empty();

  private Main() {}

  /** Runs the command line and ends the JVM: 0 all went well, 1 something did not, 2 bad usage. */
  public static void main(String[] arguments) {
    System.setProperty("logback.configurationFile", "demo-logback.xml");
    int code =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(
                (e, command, result) -> {
                  System.err.println("demo: " + e.getMessage());
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(arguments);
    System.exit(code);
  }

  @Override
  public Integer call() throws InterruptedException {
    InstantSource clock = InstantSource.system();
    Screen screen = Screen.of(System.out);
    List<Manifest> shown = manifests();
    Channel channel =
        shown.stream().flatMap(manifest -> manifest.channel().stream()).findFirst().orElseThrow();
    try (Stage stage = Stage.open(kubeconfig, channel)) {
      try {
        show(stage, screen, clock, shown);
      } finally {
        if (kubeconfig.isPresent()) {
          stage.cleanUp();
        }
      }
    }
    return 0;
  }

  private void show(Stage stage, Screen screen, InstantSource clock, List<Manifest> shown)
      throws InterruptedException {
    screen.say(
        kubeconfig.isPresent()
            ? "a broker and an operator are up"
            : "a broker, an API server and an operator are up");
    List<Observed> done = new Show(stage, screen, clock).run(shown);
    done.forEach(
        task ->
            screen.say(
                task.result().orElse("")
                    + ", computed on proplet "
                    + Statuses.of(task.task()).getAssignedProplet()));
    if (manifests.isEmpty() && tasks > 0) {
      new Burst(stage, screen, clock, tasks, chaos).run();
    }
    if (keep) {
      if (kubeconfig.isPresent()) {
        Runtime.getRuntime().addShutdownHook(new Thread(stage::cleanUp, "clean-up"));
      }
      screen.say("serving until interrupted: " + stage.addresses());
      new CountDownLatch(1).await();
    }
  }

  private List<Manifest> manifests() {
    KubernetesSerialization yaml = new KubernetesSerialization();
    List<Manifest> read = new ArrayList<>();
    manifests.forEach(file -> read.add(Manifest.read(file, yaml)));
    if (read.stream().allMatch(manifest -> manifest.channel().isEmpty())) {
      read.add(0, Manifest.read(OWN.resolve("proplets.yaml"), yaml));
    }
    if (manifests.isEmpty()) {
      read.add(Manifest.read(OWN.resolve("task.yaml"), yaml));
    }
    return read;
  }
}
