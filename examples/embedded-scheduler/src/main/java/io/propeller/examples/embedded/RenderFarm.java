package io.propeller.examples.embedded;

import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.placement.PlacementQueue;
import io.propeller.scheduler.policy.Policies;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

/**
 * Renders frames on three machines. All that happens is told to the queue, and all that it places
 * is started.
 */
public final class RenderFarm {

  private static final long GIB = 1L << 30;

  private final PlacementQueue queue;
  private final PrintStream out;

  RenderFarm(InstantSource clock, PrintStream out) {
    this.queue = PlacementQueue.builder().clock(clock).defaultPolicy(Policies.LEAST_LOADED).build();
    this.out = out;
  }

  /** Runs the example. */
  public static void main(String[] arguments) {
    new RenderFarm(InstantSource.system(), System.out).run();
  }

  void run() {
    machine("desk", 8, false);
    machine("rack", 16, true);
    for (int i = 1; i <= 3; i++) {
      frame("frame-" + i, 50, false);
    }
    // Neither machine is large enough for this one; it waits until one comes that is.
    submit(
        TaskRequest.builder()
            .id(TaskId.of("final-cut"))
            .resources(Resources.of(24_000, 32 * GIB))
            .build());
    frame("preview", 90, true);
    machine("cloud", 32, true);
    start(queue.release(TaskId.of("frame-1")));
  }

  private void machine(String name, int cpus, boolean gpu) {
    Worker.Builder machine =
        Worker.builder()
            .id(WorkerId.of(name))
            .capacity(Resources.of(cpus * 1_000L, 2 * GIB * cpus))
            .putLabels("site", "berlin");
    if (gpu) {
      machine.addCapabilities("gpu");
    }
    start(queue.put(machine.build()));
  }

  private void frame(String name, int priority, boolean gpu) {
    Selector.Builder where = Selector.builder().putLabels("site", "berlin");
    if (gpu) {
      where.addCapabilities("gpu");
    }
    submit(
        TaskRequest.builder()
            .id(TaskId.of(name))
            .selector(where.build())
            .resources(Resources.of(2_000, 4 * GIB))
            .priority(priority)
            .build());
  }

  private void submit(TaskRequest task) {
    start(queue.submit(task));
    queue
        .placement(task.id())
        .filter(NotPlaced.class::isInstance)
        .map(NotPlaced.class::cast)
        .ifPresent(why -> out.printf("%s waits: %s%n", task.id(), why.message()));
  }

  private void start(List<Placed> placed) {
    placed.forEach(one -> out.printf("%s runs on %s%n", one.task(), one.worker()));
  }
}
