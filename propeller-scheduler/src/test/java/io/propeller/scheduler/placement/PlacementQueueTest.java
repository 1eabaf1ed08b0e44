package io.propeller.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerPhase;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class PlacementQueueTest {

  private final PlacementQueue queue =
      PlacementQueue.builder().clock(InstantSource.fixed(Instant.EPOCH)).build();

  @Test
  void a_task_that_fits_is_placed_at_once() {
    queue.put(worker("w").build());

    assertThat(queue.submit(task("t").build())).containsExactly(placed("t", "w"));
    assertThat(queue.placement(TaskId.of("t"))).contains(placed("t", "w"));
  }

  @Test
  void a_refusal_counts_every_worker_once_and_reads_as_a_sentence() {
    for (int i = 0; i < 7; i++) {
      queue.put(worker("offline-" + i).phase(WorkerPhase.OFFLINE).build());
    }
    for (int i = 0; i < 3; i++) {
      queue.put(worker("plain-" + i).build());
    }
    for (int i = 0; i < 2; i++) {
      queue.put(
          worker("small-" + i).addCapabilities("gpio").capacity(Resources.of(1000, 10)).build());
    }
    queue.submit(
        task("t")
            .selector(Selector.builder().addCapabilities("gpio").build())
            .resources(Resources.of(100, 100))
            .build());

    assertThat(queue.placement(TaskId.of("t")))
        .hasValueSatisfying(
            placement ->
                assertThat(((NotPlaced) placement).message())
                    .isEqualTo(
                        "0/12 proplets fit: 7 offline, 3 lack capability gpio, "
                            + "2 have too little memory"));
  }

  @Test
  void what_waits_goes_by_priority_then_age() {
    queue.submit(task("old").build());
    queue.submit(task("young").build());
    queue.submit(task("urgent").priority(90).build());

    assertThat(queue.put(worker("w").maxConcurrentTasks(1).build()))
        .containsExactly(placed("urgent", "w"));
    assertThat(queue.release(TaskId.of("urgent"))).containsExactly(placed("old", "w"));
    assertThat(queue.release(TaskId.of("old"))).containsExactly(placed("young", "w"));
  }

  @Test
  void what_runs_already_counts_before_its_worker_is_known() {
    queue.reserve(TaskId.of("running"), WorkerId.of("w"), Resources.of(800, 0));
    queue.submit(task("t").resources(Resources.of(500, 0)).build());

    assertThat(queue.put(worker("w").capacity(Resources.of(1000, 0)).build())).isEmpty();
    assertThat(queue.release(TaskId.of("running"))).containsExactly(placed("t", "w"));
  }

  @Test
  void removing_a_worker_tells_what_was_on_it() {
    queue.put(worker("w").build());
    queue.submit(task("t").build());

    assertThat(queue.remove(WorkerId.of("w"))).containsExactly(TaskId.of("t"));
    assertThat(queue.placement(TaskId.of("t"))).isEmpty();
  }

  private static Worker.Builder worker(String id) {
    return Worker.builder().id(WorkerId.of(id));
  }

  private static TaskRequest.Builder task(String id) {
    return TaskRequest.builder().id(TaskId.of(id));
  }

  private static Placed placed(String task, String worker) {
    return new Placed(TaskId.of(task), WorkerId.of(worker));
  }
}
