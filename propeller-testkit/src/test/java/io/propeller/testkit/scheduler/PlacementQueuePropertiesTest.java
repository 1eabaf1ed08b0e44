package io.propeller.testkit.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.model.Criterion;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Reason;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.placement.PlacementQueue;
import io.propeller.scheduler.policy.Policies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PlacementQueuePropertiesTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @Property(tries = 300)
  void a_task_gets_only_a_worker_that_satisfies_every_criterion_and_has_room(
      @ForAll("histories") ImmutableList<FleetAction> history) {
    new Play().of(history);
  }

  @Property(tries = 200)
  void equal_histories_give_equal_placements(
      @ForAll("histories") ImmutableList<FleetAction> history) {
    assertThat(new Play().of(history)).isEqualTo(new Play().of(history));
  }

  @Property(tries = 100)
  void a_gang_is_placed_whole_or_not_at_all(
      @ForAll("histories") ImmutableList<FleetAction> history,
      @ForAll("gangs") List<TaskRequest> gang) {
    PlacementQueue queue = PlacementQueue.builder().clock(CLOCK).build();
    List<Placed> placed = new ArrayList<>(queue.submitGang(gang));
    for (FleetAction action : history) {
      if (action instanceof FleetAction.Put put) {
        placed.addAll(queue.put(put.worker()));
      } else if (action instanceof FleetAction.Submit submit) {
        placed.addAll(queue.submit(submit.task()));
      }
      long members = placed.stream().filter(p -> p.task().value().startsWith("gang")).count();
      assertThat(members).isIn(0L, (long) gang.size());
    }
  }

  @Property(tries = 300)
  void of_a_gang_no_fewer_are_placed_at_once_than_it_needs_and_then_each_that_fits(
      @ForAll("histories") ImmutableList<FleetAction> history,
      @ForAll("gangs") List<TaskRequest> gang,
      @ForAll @IntRange(min = 1, max = 4) int atLeast,
      @ForAll @IntRange(max = 40) int at) {
    int begun = Math.min(at, history.size());
    Play play = new Play();
    play.of(history.subList(0, begun));
    play.gang(gang, Math.min(atLeast, gang.size()), false);
    play.of(history.subList(begun, history.size()));
  }

  @Property(tries = 300)
  void a_gang_of_a_task_for_each_of_some_workers_is_placed_as_soon_as_so_many_of_them_fit(
      @ForAll("histories") ImmutableList<FleetAction> history,
      @ForAll("gangs") List<TaskRequest> tasks,
      @ForAll @IntRange(min = 1, max = 4) int atLeast,
      @ForAll @IntRange(max = 40) int at) {
    List<TaskRequest> gang = new ArrayList<>();
    for (TaskRequest task : tasks) {
      WorkerId worker = WorkerId.of("w" + gang.size());
      gang.add(
          TaskRequest.builder()
              .from(task)
              .selector(Selector.builder().worker(worker).build())
              .build());
    }
    int begun = Math.min(at, history.size());
    Play play = new Play();
    play.of(history.subList(0, begun));
    play.gang(gang, Math.min(atLeast, gang.size()), true);
    play.of(history.subList(begun, history.size()));
  }

  @Property(tries = 100)
  void a_gang_that_needs_all_of_its_tasks_is_as_one_that_says_nothing_of_it(
      @ForAll("histories") ImmutableList<FleetAction> history,
      @ForAll("gangs") List<TaskRequest> gang) {
    PlacementQueue silent = PlacementQueue.builder().clock(CLOCK).build();
    PlacementQueue told = PlacementQueue.builder().clock(CLOCK).build();
    assertThat(silent.submitGang(gang)).isEqualTo(told.submitGang(gang, gang.size()));
    for (FleetAction action : history) {
      if (action instanceof FleetAction.Put put) {
        assertThat(silent.put(put.worker())).isEqualTo(told.put(put.worker()));
      } else if (action instanceof FleetAction.Submit submit) {
        assertThat(silent.submit(submit.task())).isEqualTo(told.submit(submit.task()));
      }
    }
  }

  @Property(tries = 300)
  void no_worker_is_kept_free_once_nothing_waits(
      @ForAll("histories") ImmutableList<FleetAction> history) {
    Instant[] now = {Instant.EPOCH};
    PlacementQueue queue =
        PlacementQueue.builder().clock(() -> now[0]).holdAfter(Duration.ofSeconds(2)).build();
    List<TaskId> running = new ArrayList<>();
    List<TaskId> submitted = new ArrayList<>();
    for (FleetAction action : history) {
      now[0] = now[0].plusSeconds(1);
      if (action instanceof FleetAction.Put put) {
        queue.put(put.worker()).forEach(placed -> running.add(placed.task()));
      } else if (action instanceof FleetAction.Remove remove) {
        running.removeAll(queue.remove(remove.worker()));
      } else if (action instanceof FleetAction.Submit submit) {
        submitted.add(submit.task().id());
        queue.submit(submit.task()).forEach(placed -> running.add(placed.task()));
      } else if (action instanceof FleetAction.Release release && !running.isEmpty()) {
        queue
            .release(running.remove(release.index() % running.size()))
            .forEach(placed -> running.add(placed.task()));
      }
    }
    submitted.forEach(queue::withdraw);
    assertThat(queue.waiting()).isZero();
    assertThat(queue.explain(TaskRequest.builder().id(TaskId.of("any")).build()).reasons())
        .extracting(Reason::criterion)
        .doesNotContain(Criterion.HELD);
  }

  @Property(tries = 100)
  void round_robin_counts_differ_by_at_most_one_on_equal_workers(
      @ForAll @IntRange(min = 1, max = 9) int workers, @ForAll @IntRange(max = 50) int tasks) {
    PlacementQueue queue = PlacementQueue.builder().clock(CLOCK).build();
    Map<WorkerId, Integer> counts = new TreeMap<>();
    for (int i = 0; i < workers; i++) {
      Worker worker = Worker.builder().id(WorkerId.of("w" + i)).build();
      queue.put(worker);
      counts.put(worker.id(), 0);
    }
    for (int i = 0; i < tasks; i++) {
      queue
          .submit(TaskRequest.builder().id(TaskId.of("t" + i)).build())
          .forEach(placed -> counts.merge(placed.worker(), 1, Integer::sum));
    }
    assertThat(Collections.max(counts.values()) - Collections.min(counts.values()))
        .isLessThanOrEqualTo(1);
    assertThat(counts.values().stream().mapToInt(i -> i).sum()).isEqualTo(tasks);
  }

  @Property(tries = 100)
  void rendezvous_moves_only_the_tasks_of_the_worker_that_goes(
      @ForAll @IntRange(min = 2, max = 20) int workers,
      @ForAll @IntRange(max = 19) int gone,
      @ForAll @IntRange(min = 1, max = 60) int tasks) {
    Map<TaskId, WorkerId> before = rendezvous(workers, -1, tasks);
    Map<TaskId, WorkerId> after = rendezvous(workers, gone % workers, tasks);
    WorkerId left = WorkerId.of("w" + gone % workers);

    before.forEach(
        (task, worker) -> {
          if (worker.equals(left)) {
            assertThat(after.get(task)).isNotEqualTo(left);
          } else {
            assertThat(after.get(task)).isEqualTo(worker);
          }
        });
  }

  private static Map<TaskId, WorkerId> rendezvous(int workers, int without, int tasks) {
    PlacementQueue queue =
        PlacementQueue.builder().clock(CLOCK).defaultPolicy(Policies.RENDEZVOUS).build();
    for (int i = 0; i < workers; i++) {
      if (i != without) {
        queue.put(Worker.builder().id(WorkerId.of("w" + i)).build());
      }
    }
    Map<TaskId, WorkerId> places = new TreeMap<>();
    for (int i = 0; i < tasks; i++) {
      queue
          .submit(TaskRequest.builder().id(TaskId.of("t" + i)).build())
          .forEach(placed -> places.put(placed.task(), placed.worker()));
    }
    return places;
  }

  @Provide
  Arbitrary<ImmutableList<FleetAction>> histories() {
    return SchedulerArbitraries.interleavings();
  }

  @Provide
  Arbitrary<List<TaskRequest>> gangs() {
    return SchedulerArbitraries.tasks(TaskId.of("any"))
        .list()
        .ofMinSize(2)
        .ofMaxSize(4)
        .map(
            tasks -> {
              List<TaskRequest> named = new ArrayList<>();
              for (TaskRequest task : tasks) {
                named.add(
                    TaskRequest.builder().from(task).id(TaskId.of("gang" + named.size())).build());
              }
              return named;
            });
  }

  /** Plays a history against a queue, and checks after every step what holds at all times. */
  private static final class Play {
    private final PlacementQueue queue = PlacementQueue.builder().clock(CLOCK).build();
    private final NaiveFleet naive = new NaiveFleet();
    private final Map<TaskId, TaskRequest> waiting = new LinkedHashMap<>();
    private final List<TaskId> running = new ArrayList<>();
    private final List<Placed> all = new ArrayList<>();
    private final Map<TaskId, TaskRequest> gang = new LinkedHashMap<>();
    private int atLeast;
    private boolean apart;

    /**
     * Asks for the one gang of this play.
     *
     * @param apart whether no two of its tasks may be placed on the same worker
     */
    void gang(List<TaskRequest> tasks, int atLeast, boolean apart) {
      this.atLeast = atLeast;
      this.apart = apart;
      for (TaskRequest task : tasks) {
        waiting.put(task.id(), task);
        gang.put(task.id(), task);
      }
      note(queue.submitGang(tasks, atLeast));
      nothingWaitsThatFits();
    }

    List<Placed> of(List<FleetAction> history) {
      for (FleetAction action : history) {
        if (action instanceof FleetAction.Put put) {
          naive.put(put.worker());
          note(queue.put(put.worker()));
        } else if (action instanceof FleetAction.Remove remove) {
          naive.remove(remove.worker());
          running.removeAll(queue.remove(remove.worker()));
        } else if (action instanceof FleetAction.Submit submit) {
          waiting.put(submit.task().id(), submit.task());
          note(queue.submit(submit.task()));
        } else if (action instanceof FleetAction.Release release && !running.isEmpty()) {
          TaskId ended = running.remove(release.index() % running.size());
          naive.release(ended);
          note(queue.release(ended));
        }
        nothingWaitsThatFits();
      }
      return all;
    }

    private void note(List<Placed> placed) {
      long members = placed.stream().map(Placed::task).filter(gang::containsKey).count();
      if (members > 0) {
        assertThat(members)
            .as("members of the gang placed at once")
            .isGreaterThanOrEqualTo(atLeast);
        gang.clear();
      }
      for (Placed one : placed) {
        TaskRequest task = waiting.remove(one.task());
        assertThat(task).as("placed once, and only while it waits: %s", one).isNotNull();
        assertThat(naive.fits(task, one.worker())).as("fits: %s", one).isTrue();
        naive.reserve(task, one.worker());
        running.add(one.task());
        all.add(one);
      }
    }

    private void nothingWaitsThatFits() {
      assertThat(queue.waiting()).isEqualTo(waiting.size());
      if (apart) {
        assertThat(gang.values().stream().filter(task -> !naive.fitting(task).isEmpty()).count())
            .as("members that fit of a gang that waits")
            .isLessThanOrEqualTo(Math.max(0, atLeast - 1));
      }
      for (TaskRequest task : waiting.values()) {
        if (!gang.containsKey(task.id())) {
          assertThat(naive.fitting(task)).as("workers for %s, which waits", task).isEmpty();
        }
        assertThat(queue.placement(task.id()))
            .hasValueSatisfying(
                refusal -> {
                  assertThat(refusal).isInstanceOf(NotPlaced.class);
                  assertThat(((NotPlaced) refusal).fitting()).isZero();
                });
      }
      for (TaskId task : running) {
        assertThat(queue.placement(task)).containsInstanceOf(Placed.class);
      }
    }
  }
}
