package io.propeller.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.testkit.wasm.SampleModule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Many small Tasks at once, on all workers; in the middle, if asked for, the end of one of them.
 */
final class Burst {

  private static final int CLIENTS = 8;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Stage stage;
  private final Screen screen;
  private final InstantSource clock;
  private final int total;
  private final boolean chaos;

  Burst(Stage stage, Screen screen, InstantSource clock, int total, boolean chaos) {
    this.stage = stage;
    this.screen = screen;
    this.clock = clock;
    this.total = total;
    this.chaos = chaos;
  }

  /**
   * Runs them.
   *
   * @throws DemoException if one does not complete with the right result
   */
  void run() throws InterruptedException {
    screen.say(total + " more tasks:");
    Instant start = clock.instant();
    Semaphore news = new Semaphore(0);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    String killed = "";
    try (Watch<Task> watch = new Watch<>(stage, Task.class, task -> news.release())) {
      for (int i = 1; i <= total; i++) {
        Task task = task(i);
        clients.execute(() -> create(task, failure));
      }
      int done = 0;
      while (done < total) {
        var unused = news.tryAcquire(100, TimeUnit.MILLISECONDS);
        news.drainPermits();
        if (failure.get() != null) {
          throw failure.get();
        }
        Duration elapsed = Duration.between(start, clock.instant());
        if (elapsed.compareTo(LIMIT) > 0) {
          throw new DemoException(
              done + " of " + total + " tasks ended in " + LIMIT.toSeconds() + " s");
        }
        done = completed(watch);
        screen.progress(done, total, rate(done, elapsed));
        if (chaos && killed.isEmpty() && done >= total / 3) {
          killed = stage.killOneWorker();
          screen.say("  killed the worker of proplet " + killed);
        }
      }
      summarise(watch, Duration.between(start, clock.instant()), killed);
    } finally {
      clients.shutdownNow();
    }
  }

  private void create(Task task, AtomicReference<RuntimeException> failure) {
    try {
      stage.made(stage.client().resource(task).create());
    } catch (KubernetesClientException e) {
      failure.compareAndSet(null, new DemoException("a task was refused: " + e.getMessage(), e));
    }
  }

  private Task task(int i) {
    return new TaskBuilder()
        .withNewMetadata()
        .withName(String.format(Locale.ROOT, "burst-%05d", i))
        .withNamespace(stage.namespace())
        .endMetadata()
        .withNewSpec()
        .withFunctionName(SampleModule.ADD.function())
        .withFile(Base64.getEncoder().encodeToString(SampleModule.ADD.bytes().toByteArray()))
        .withInputs(String.valueOf(i), "1")
        .withDisconnectGraceSeconds(1)
        .endSpec()
        .build();
  }

  private int completed(Watch<Task> watch) {
    int done = 0;
    for (Task task : watch.latest().values()) {
      if (task.phase() == TaskPhase.FAILED) {
        throw new DemoException(
            "task " + task.getMetadata().getName() + " failed: " + Statuses.of(task).getError());
      }
      if (isOne(task) && task.phase() == TaskPhase.COMPLETED) {
        check(task);
        done++;
      }
    }
    return done;
  }

  private static boolean isOne(Task task) {
    return task.getMetadata().getName().startsWith("burst-");
  }

  private static void check(Task task) {
    String expected = String.valueOf(Integer.parseInt(task.getSpec().getInputs().get(0)) + 1);
    String result =
        Optional.ofNullable(Statuses.of(task).getResults()).map(JsonNode::asText).orElse("");
    if (!result.equals(expected)) {
      throw new DemoException(
          "task %s returned %s, not %s".formatted(task.getMetadata().getName(), result, expected));
    }
  }

  private void summarise(Watch<Task> watch, Duration elapsed, String killed) {
    screen.say(
        "%d tasks completed in %.1f s, %s"
            .formatted(total, elapsed.toMillis() / 1000.0, rate(total, elapsed)));
    if (!killed.isEmpty()) {
      long moved =
          watch.latest().values().stream()
              .filter(task -> isOne(task) && Statuses.of(task).getLostProplets() > 0)
              .count();
      long left =
          watch.latest().values().stream()
              .filter(task -> !task.phase().isTerminal())
              .filter(task -> killed.equals(Statuses.of(task).getAssignedProplet()))
              .count();
      screen.say(
          "%d tasks moved from %s to other proplets, %d still run on it"
              .formatted(moved, killed, left));
    }
  }

  private static String rate(int done, Duration elapsed) {
    return String.format(
        Locale.ROOT, "%.0f a second", done * 1000.0 / Math.max(1, elapsed.toMillis()));
  }
}
