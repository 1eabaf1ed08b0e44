package io.propeller.testkit.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.fleet.WorkerScore;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Reason;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.WorkerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FleetPropertiesTest {

  private static final WorkerScore FEWEST_TASKS = WorkerState::runningTasks;

  @Property(tries = 300)
  void the_index_equals_the_scan(
      @ForAll("histories") ImmutableList<FleetAction> history,
      @ForAll("probes") List<TaskRequest> probes) {
    forEachState(
        history,
        probes,
        (fleet, naive) -> {
          for (TaskRequest task : probes) {
            assertThat(fleet.fitting(task.requirements()))
                .doesNotHaveDuplicates()
                .hasSameElementsAs(naive.fitting(task));
          }
        });
  }

  @Property(tries = 200)
  void candidates_agree_with_themselves(
      @ForAll("histories") ImmutableList<FleetAction> history,
      @ForAll("probes") List<TaskRequest> probes) {
    forEachState(
        history,
        probes,
        (fleet, naive) -> {
          for (TaskRequest task : probes) {
            Candidates candidates = fleet.candidates(task.requirements());
            List<WorkerState> all = new ArrayList<>();
            for (int rank = 0; rank < candidates.size(); rank++) {
              all.add(candidates.get(rank));
            }
            assertThat(all).isSortedAccordingTo(Comparator.comparingInt(WorkerState::ordinal));
            assertThat(all).allMatch(candidates::contains);
            assertThat(all.stream().map(WorkerState::id))
                .containsExactlyElementsOf(fleet.fitting(task.requirements()));
            if (!all.isEmpty()) {
              assertThat(candidates.lowest(FEWEST_TASKS))
                  .isSameAs(
                      all.stream()
                          .min(Comparator.comparingInt(WorkerState::runningTasks))
                          .orElseThrow());
            }
          }
        });
  }

  @Property(tries = 200)
  void a_refusal_names_every_worker_that_does_not_fit_once(
      @ForAll("histories") ImmutableList<FleetAction> history,
      @ForAll("probes") List<TaskRequest> probes) {
    forEachState(
        history,
        probes,
        (fleet, naive) -> {
          for (TaskRequest task : probes) {
            NotPlaced why = fleet.explain(task);
            assertThat(why.workers()).isEqualTo(naive.workers().size());
            assertThat(why.fitting()).isEqualTo(naive.fitting(task).size());
            assertThat(why.reasons())
                .isSortedAccordingTo(Comparator.comparing(Reason::criterion))
                .allMatch(reason -> reason.workers() > 0);
          }
        });
  }

  @Property(tries = 100)
  void equal_histories_end_in_equal_snapshots(
      @ForAll("histories") ImmutableList<FleetAction> history) {
    assertThat(play(history, List.of(), (fleet, naive) -> {}).snapshot())
        .isEqualTo(play(history, List.of(), (fleet, naive) -> {}).snapshot());
  }

  @Provide
  Arbitrary<ImmutableList<FleetAction>> histories() {
    return SchedulerArbitraries.interleavings();
  }

  @Provide
  Arbitrary<List<TaskRequest>> probes() {
    return SchedulerArbitraries.tasks(TaskId.of("probe")).list().ofSize(3);
  }

  private interface Check {
    void of(Fleet fleet, NaiveFleet naive);
  }

  private static void forEachState(
      List<FleetAction> history, List<TaskRequest> probes, Check check) {
    play(history, probes, check);
  }

  private static Fleet play(List<FleetAction> history, List<TaskRequest> probes, Check check) {
    Fleet fleet = new Fleet();
    NaiveFleet naive = new NaiveFleet();
    List<TaskId> running = new ArrayList<>();
    probes.forEach(probe -> fleet.candidates(probe.requirements()));
    for (FleetAction action : history) {
      if (action instanceof FleetAction.Put put) {
        fleet.put(put.worker());
        naive.put(put.worker());
      } else if (action instanceof FleetAction.Remove remove) {
        running.removeAll(fleet.remove(remove.worker()));
        naive.remove(remove.worker());
      } else if (action instanceof FleetAction.Submit submit) {
        TaskRequest task = submit.task();
        List<WorkerId> fitting = fleet.fitting(task.requirements());
        if (!fitting.isEmpty()) {
          WorkerId worker = fitting.get(task.priority() % fitting.size());
          fleet.reserve(task.id(), worker, task.resources());
          naive.reserve(task, worker);
          running.add(task.id());
        }
      } else if (action instanceof FleetAction.Release release && !running.isEmpty()) {
        TaskId task = running.remove(release.index() % running.size());
        fleet.release(task);
        naive.release(task);
      }
      assertThat(fleet.snapshot().workers().keySet())
          .isEqualTo(Set.copyOf(naive.workers().keySet()));
      check.of(fleet, naive);
    }
    return fleet;
  }
}
