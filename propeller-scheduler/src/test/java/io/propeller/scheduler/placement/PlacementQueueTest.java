package io.propeller.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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

  @Test
  void waiting_raises_a_task_over_one_of_higher_priority() {
    Instant[] now = {Instant.EPOCH};
    PlacementQueue ageing =
        PlacementQueue.builder().clock(() -> now[0]).ageing(Duration.ofMinutes(1)).build();
    ageing.submit(task("old").priority(50).build());
    now[0] = now[0].plus(Duration.ofMinutes(11));
    ageing.submit(task("urgent").priority(60).build());
    ageing.submit(task("most-urgent").priority(62).build());

    ageing.put(worker("w").maxConcurrentTasks(1).build());
    assertThat(ageing.placement(TaskId.of("most-urgent"))).contains(placed("most-urgent", "w"));
    assertThat(ageing.release(TaskId.of("most-urgent"))).containsExactly(placed("old", "w"));
  }

  @Test
  void a_large_task_that_has_waited_too_long_gets_a_worker_held_for_it() {
    Instant[] now = {Instant.EPOCH};
    PlacementQueue holding = holding(now);
    holding.put(worker("w").capacity(Resources.of(2, 0)).build());
    holding.submit(task("small-0").resources(Resources.of(1, 0)).build());
    holding.submit(task("small-1").resources(Resources.of(1, 0)).build());
    holding.submit(task("large").resources(Resources.of(2, 0)).build());
    now[0] = now[0].plus(Duration.ofMinutes(6));
    holding.tick();

    holding.submit(task("small-2").resources(Resources.of(1, 0)).build());
    assertThat(holding.release(TaskId.of("small-0"))).isEmpty();
    assertThat(holding.placement(TaskId.of("small-2")))
        .hasValueSatisfying(
            why ->
                assertThat(((NotPlaced) why).message())
                    .isEqualTo("0/1 proplets fit: 1 is kept for large"));
    assertThat(holding.release(TaskId.of("small-1"))).containsExactly(placed("large", "w"));
    assertThat(holding.release(TaskId.of("large"))).containsExactly(placed("small-2", "w"));
  }

  @Test
  void a_hold_ends_when_its_task_finds_room_elsewhere() {
    Instant[] now = {Instant.EPOCH};
    PlacementQueue holding = holding(now);
    holding.put(worker("a").capacity(Resources.of(2, 0)).build());
    holding.put(worker("b").capacity(Resources.of(2, 0)).build());
    holding.submit(task("half-of-a").resources(Resources.of(1, 0)).build());
    holding.submit(task("all-of-b").resources(Resources.of(2, 0)).build());
    holding.submit(task("large").resources(Resources.of(2, 0)).build());
    now[0] = now[0].plus(Duration.ofMinutes(6));
    holding.tick();

    assertThat(holding.release(TaskId.of("all-of-b"))).containsExactly(placed("large", "b"));
    assertThat(holding.submit(task("small").resources(Resources.of(1, 0)).build()))
        .containsExactly(placed("small", "a"));
  }

  @Test
  void a_hold_moves_when_its_worker_goes_or_fails() {
    Instant[] now = {Instant.EPOCH};
    PlacementQueue holding = holding(now);
    for (String name : List.of("a", "b", "c")) {
      holding.put(worker(name).capacity(Resources.of(2, 0)).build());
      holding.submit(task("half-of-" + name).resources(Resources.of(1, 0)).build());
    }
    holding.submit(task("large").resources(Resources.of(2, 0)).build());
    now[0] = now[0].plus(Duration.ofMinutes(6));
    holding.tick();

    holding.remove(WorkerId.of("a"));
    holding.put(worker("b").capacity(Resources.of(2, 0)).phase(WorkerPhase.OFFLINE).build());

    assertThat(holding.submit(task("small").resources(Resources.of(1, 0)).build())).isEmpty();
    assertThat(holding.release(TaskId.of("half-of-c"))).containsExactly(placed("large", "c"));
  }

  @Test
  void a_gang_that_has_waited_too_long_gets_a_worker_held_for_each_of_its_tasks() {
    Instant[] now = {Instant.EPOCH};
    PlacementQueue holding = holding(now);
    for (String name : List.of("a", "b")) {
      holding.put(worker(name).maxConcurrentTasks(1).build());
      holding.submit(task("on-" + name).build());
    }
    holding.submitGang(List.of(task("g0").build(), task("g1").build()));
    now[0] = now[0].plus(Duration.ofMinutes(6));
    holding.tick();

    assertThat(holding.submit(task("later").build())).isEmpty();
    assertThat(holding.release(TaskId.of("on-a"))).isEmpty();
    assertThat(holding.release(TaskId.of("on-b")))
        .extracting(Placed::task)
        .containsExactlyInAnyOrder(TaskId.of("g0"), TaskId.of("g1"));
    assertThat(holding.release(TaskId.of("g0")))
        .extracting(Placed::task)
        .containsExactly(TaskId.of("later"));
  }

  @Test
  void a_gang_waits_until_there_is_room_for_all_of_it() {
    queue.put(worker("a").maxConcurrentTasks(1).build());
    assertThat(queue.submitGang(List.of(task("g0").build(), task("g1").build()))).isEmpty();
    assertThat(queue.placement(TaskId.of("g0")))
        .hasValueSatisfying(
            why ->
                assertThat(((NotPlaced) why).message())
                    .isEqualTo("0/1 proplets fit: 1 has room, but not all of the gang has"));

    assertThat(queue.put(worker("b").maxConcurrentTasks(1).build()))
        .extracting(Placed::task)
        .containsExactlyInAnyOrder(TaskId.of("g0"), TaskId.of("g1"));
  }

  @Test
  void of_a_gang_that_needs_some_the_others_wait_on_by_themselves() {
    queue.put(worker("a").maxConcurrentTasks(1).build());
    queue.submitGang(List.of(task("g0").build(), task("g1").build(), task("g2").build()), 2);
    assertThat(queue.placement(TaskId.of("g0")))
        .hasValueSatisfying(
            why ->
                assertThat(((NotPlaced) why).message())
                    .isEqualTo(
                        "0/1 proplets fit: 1 has room, but not 2 of the gang's 3 tasks have"));

    assertThat(queue.put(worker("b").maxConcurrentTasks(1).build()))
        .extracting(Placed::task)
        .containsExactly(TaskId.of("g0"), TaskId.of("g1"));
    assertThat(queue.together(TaskId.of("g2"))).containsExactly(TaskId.of("g2"));
    assertThat(queue.release(TaskId.of("g0")))
        .extracting(Placed::task)
        .containsExactly(TaskId.of("g2"));
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void of_two_gangs_that_want_the_same_workers_one_gets_them_and_then_the_other() {
    for (String name : List.of("a", "b")) {
      queue.put(worker(name).maxConcurrentTasks(1).build());
      queue.submit(task("on-" + name).build());
    }
    queue.submitGang(List.of(on("a", "first-a"), on("b", "first-b")));
    queue.submitGang(List.of(on("b", "second-b"), on("a", "second-a")));

    assertThat(queue.release(TaskId.of("on-b"))).isEmpty();
    assertThat(queue.release(TaskId.of("on-a")))
        .containsExactlyInAnyOrder(placed("first-a", "a"), placed("first-b", "b"));
    assertThat(queue.release(TaskId.of("first-b"))).isEmpty();
    assertThat(queue.release(TaskId.of("first-a")))
        .containsExactlyInAnyOrder(placed("second-a", "a"), placed("second-b", "b"));
  }

  @Test
  void a_task_of_a_gang_that_is_asked_for_again_waits_on_with_the_others() {
    queue.put(worker("a").build());
    queue.submitGang(List.of(on("a", "g0"), on("b", "g1")), 2);

    assertThat(queue.submit(on("a", "g0"))).isEmpty();

    assertThat(queue.together(TaskId.of("g0"))).containsExactly(TaskId.of("g0"), TaskId.of("g1"));
    assertThat(queue.put(worker("b").build())).hasSize(2);
  }

  @Test
  void a_gang_waits_on_without_a_task_that_is_taken_back_as_long_as_it_has_enough() {
    queue.submitGang(List.of(on("a", "g0"), on("b", "g1"), on("c", "g2")), 2);

    queue.withdraw(TaskId.of("g1"));
    assertThat(queue.together(TaskId.of("g0"))).containsExactly(TaskId.of("g0"), TaskId.of("g2"));
    assertThat(queue.put(worker("a").build())).isEmpty();
    queue.withdraw(TaskId.of("g2"));

    assertThat(queue.waiting()).isZero();
    assertThat(queue.placement(TaskId.of("g0"))).isEmpty();
  }

  @Test
  void workers_are_held_for_a_gang_until_as_many_are_free_as_it_needs() {
    Instant[] now = {Instant.EPOCH};
    PlacementQueue holding = holding(now);
    for (String name : List.of("a", "b", "c")) {
      holding.put(worker(name).maxConcurrentTasks(1).build());
      holding.submit(task("on-" + name).build());
    }
    holding.submitGang(List.of(on("a", "g-a"), on("b", "g-b"), on("c", "g-c")), 2);
    now[0] = now[0].plus(Duration.ofMinutes(6));
    holding.tick();
    holding.submit(task("later").priority(100).build());

    assertThat(holding.release(TaskId.of("on-b"))).isEmpty();
    assertThat(holding.release(TaskId.of("on-a")))
        .containsExactlyInAnyOrder(placed("g-a", "a"), placed("g-b", "b"));
    assertThat(holding.release(TaskId.of("g-a"))).containsExactly(placed("later", "a"));
    assertThat(holding.release(TaskId.of("on-c"))).containsExactly(placed("g-c", "c"));
  }

  @Test
  void a_gang_that_needs_more_than_it_has_is_refused() {
    assertThatThrownBy(() -> queue.submitGang(List.of(task("g0").build()), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least 1 and at most all 1 tasks of a gang must be placed at once, not 2");
    assertThatThrownBy(() -> queue.submitGang(List.of(task("g0").build()), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue.submitGang(List.of()))
        .hasMessage("a gang must have at least one task");
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void a_policy_that_there_is_not_is_refused_by_name() {
    assertThatThrownBy(() -> queue.submit(task("t").policy("best").build()))
        .hasMessageStartingWith("there is no policy best, only: ");
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void each_task_is_placed_by_the_policy_that_it_names() {
    queue.put(worker("a").capacity(Resources.of(10, 0)).build());
    queue.put(worker("b").capacity(Resources.of(10, 0)).build());
    queue.submit(task("t0").resources(Resources.of(1, 0)).build());

    assertThat(queue.submit(task("t1").policy("bin-pack").build()))
        .containsExactly(placed("t1", "a"));
    assertThat(queue.submit(task("t2").policy("least-loaded").build()))
        .containsExactly(placed("t2", "b"));
  }

  @Test
  void a_request_that_is_taken_back_is_not_placed() {
    queue.submit(task("t").build());
    queue.withdraw(TaskId.of("t"));

    assertThat(queue.put(worker("w").build())).isEmpty();
  }

  private static PlacementQueue holding(Instant[] now) {
    return PlacementQueue.builder().clock(() -> now[0]).holdAfter(Duration.ofMinutes(5)).build();
  }

  private static Worker.Builder worker(String id) {
    return Worker.builder().id(WorkerId.of(id));
  }

  private static TaskRequest.Builder task(String id) {
    return TaskRequest.builder().id(TaskId.of(id));
  }

  private static TaskRequest on(String worker, String id) {
    return task(id).selector(Selector.builder().worker(WorkerId.of(worker)).build()).build();
  }

  private static Placed placed(String task, String worker) {
    return new Placed(TaskId.of(task), WorkerId.of(worker));
  }
}
