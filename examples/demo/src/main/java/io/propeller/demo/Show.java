package io.propeller.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Applies manifests to the stage, and shows their Tasks until each has its outcome. */
final class Show {

  /** How long a Task may wait for a proplet that fits before it is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long a Task may run. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Set<String> REFUSALS = Set.of("NotSupported", "OtherChannel", "InvalidSpec");

  private final Stage stage;
  private final Screen screen;
  private final InstantSource clock;
  private final Map<String, Observed> tasks = new ConcurrentSkipListMap<>();
  private final Map<String, Task> early = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);

  Show(Stage stage, Screen screen, InstantSource clock) {
    this.stage = stage;
    this.screen = screen;
    this.clock = clock;
  }

  /**
   * Applies the manifests.
   *
   * @return the Tasks with their outcomes, by name
   * @throws DemoException if a resource is refused, a Task fails, or one can never be placed
   */
  List<Observed> run(List<Manifest> manifests) throws InterruptedException {
    Watch<Task> watch = new Watch<>(stage, Task.class, this::seen);
    try {
      for (Manifest manifest : manifests) {
        for (GenericKubernetesResource resource : manifest.resources()) {
          apply(manifest, resource);
        }
      }
      follow();
    } finally {
      watch.close();
    }
    return List.copyOf(tasks.values());
  }

  private void apply(Manifest manifest, GenericKubernetesResource resource) {
    Instant before = clock.instant();
    GenericKubernetesResource applied = manifest.apply(resource, stage.client(), stage.namespace());
    stage.made(applied);
    screen.say("applied " + applied.getKind() + " " + applied.getMetadata().getName());
    KubernetesSerialization json = stage.client().getKubernetesSerialization();
    if (applied.getKind().equals("Proplet")) {
      stage.startWorker(json.convertValue(applied, Proplet.class));
    } else if (applied.getKind().equals("Task")) {
      applied(json.convertValue(applied, Task.class), before);
    }
  }

  private void applied(Task task, Instant before) {
    String name = task.getMetadata().getName();
    Observed observed =
        new Observed(task, before, clock.instant(), Optional.empty(), Optional.empty());
    tasks.put(name, observed);
    Task seen = early.remove(name);
    if (seen != null) {
      seen(seen);
    }
  }

  private void seen(Task task) {
    String name = task.getMetadata().getName();
    if (tasks.computeIfPresent(name, (same, observed) -> observed.now(task, clock.instant()))
        == null) {
      early.put(name, task);
    }
    news.release();
  }

  private void follow() throws InterruptedException {
    Instant start = clock.instant();
    while (true) {
      screen.table(Observed.HEADER, tasks.values().stream().map(Observed::row).toList());
      failure().ifPresent(this::giveUp);
      if (tasks.values().stream().allMatch(Observed::hasEnded)) {
        return;
      }
      Duration waited = Duration.between(start, clock.instant());
      if (waited.compareTo(PATIENCE) > 0) {
        waiting().ifPresent(this::giveUp);
      }
      if (waited.compareTo(LIMIT) > 0) {
        giveUp("not all tasks ended within " + LIMIT.toSeconds() + " s");
      }
      var unused = news.tryAcquire(100, TimeUnit.MILLISECONDS);
      news.drainPermits();
    }
  }

  private void giveUp(String reason) {
    throw new DemoException(reason);
  }

  private Optional<String> failure() {
    return complaints(tasks.values().stream().filter(Observed::hasEnded), "failed").findFirst();
  }

  private Optional<String> waiting() {
    return Stream.concat(
            refusedProplets(),
            complaints(
                tasks.values().stream().filter(observed -> !observed.hasEnded()), "cannot run"))
        .findFirst();
  }

  private static Stream<String> complaints(Stream<Observed> tasks, String verb) {
    return tasks.flatMap(
        observed ->
            observed
                .complaint()
                .map(
                    why ->
                        "task %s %s: %s"
                            .formatted(
                                observed.task().getMetadata().getName(),
                                verb,
                                Observed.firstLine(why)))
                .stream());
  }

  private Stream<String> refusedProplets() {
    return stage
        .client()
        .resources(Proplet.class)
        .inNamespace(stage.namespace())
        .list()
        .getItems()
        .stream()
        .filter(proplet -> proplet.getStatus() != null)
        .flatMap(
            proplet ->
                proplet.getStatus().getConditions().stream()
                    .filter(condition -> REFUSALS.contains(condition.getReason()))
                    .map(
                        condition ->
                            "proplet %s is not used: %s"
                                .formatted(
                                    proplet.getMetadata().getName(), condition.getMessage())));
  }
}
