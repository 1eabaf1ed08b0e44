package io.propeller.scheduler.lifecycle;

import static io.propeller.scheduler.lifecycle.TaskLifecycle.decide;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.lifecycle.Facts.Answer;
import io.propeller.scheduler.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BroadcastTaskTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunRules RULES = RunRules.builder().broadcast(true).build();
  private static final WorkerId A = WorkerId.of("a");
  private static final WorkerId B = WorkerId.of("b");

  @Test
  void a_broadcast_is_sent_to_all_places_at_once() {
    Facts placed = Facts.builder().now(START).addPlaces(A, B).build();
    TaskRun waiting = new TaskRun.Waiting(RunTally.NONE, Optional.empty(), Optional.empty());

    assertThat(decide(waiting, RULES, placed))
        .isEqualTo(new Decision.Broadcast(ImmutableSet.of(A, B), 1, Optional.empty()));
  }

  @Test
  void an_answer_is_gathered_and_the_last_one_ends_the_run() {
    Facts answered = Facts.builder().now(START).putAnswers(A, new Answer(Optional.empty())).build();

    assertThat(decide(open(0, A, B), RULES, answered))
        .isEqualTo(new Decision.Gather(ImmutableMap.of(), Optional.empty()));
    assertThat(decide(open(0, A), RULES, answered))
        .isEqualTo(new Decision.Gather(ImmutableMap.of(), Optional.of(new Decision.Complete())));
  }

  @Test
  void a_worker_that_is_away_is_given_its_grace_and_then_given_up() {
    Facts.Builder away = Facts.builder().putHealths(A, new WorkerHealth.Away(START));

    assertThat(decide(open(1, A), RULES, away.now(START).build()))
        .isEqualTo(new Decision.Wait(Optional.of(START.plusSeconds(60))));
    assertThat(decide(open(1, A), RULES, away.now(START.plusSeconds(60)).build()))
        .isEqualTo(
            new Decision.Gather(
                ImmutableMap.of(A, "proplet a went offline"),
                Optional.of(new Decision.Complete())));
  }

  @Test
  void a_deadline_ends_a_broadcast_that_somebody_does_not_answer() {
    RunRules rules =
        RunRules.builder().broadcast(true).activeDeadline(Duration.ofSeconds(10)).build();

    assertThat(decide(open(1, A), rules, Facts.builder().now(START.plusSeconds(10)).build()))
        .isInstanceOf(Decision.Fail.class);
  }

  /** Each worker answers, fails, or goes; in what order and how many at a time matters not. */
  @Property(tries = 300)
  void it_completes_once_all_have_answered_or_gone_and_fails_if_none_succeeded(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 2) Integer> fates,
      @ForAll @IntRange(min = 1, max = 8) int atOnce) {
    Set<WorkerId> open =
        IntStream.range(0, fates.size())
            .mapToObj(i -> WorkerId.of("w" + i))
            .collect(Collectors.toSet());
    int succeeded = 0;
    Optional<Decision> end = Optional.empty();
    for (int first = 0; first < fates.size(); first += atOnce) {
      assertThat(end).isEmpty();
      Facts.Builder facts = Facts.builder().now(START);
      Set<WorkerId> told = new HashSet<>();
      int succeedNow = 0;
      for (int i = first; i < Math.min(fates.size(), first + atOnce); i++) {
        WorkerId worker = WorkerId.of("w" + i);
        told.add(worker);
        if (fates.get(i) == 0) {
          facts.putHealths(worker, new WorkerHealth.Removed());
        } else {
          boolean fails = fates.get(i) == 1;
          facts.putAnswers(worker, new Answer(fails ? Optional.of("trap") : Optional.empty()));
          succeedNow += fails ? 0 : 1;
        }
      }
      Decision decision =
          decide(open(succeeded, open.toArray(new WorkerId[0])), RULES, facts.build());
      assertThat(decision).isInstanceOf(Decision.Gather.class);
      end = ((Decision.Gather) decision).end();
      succeeded += succeedNow;
      open.removeAll(told);
    }

    assertThat(end.orElseThrow())
        .isInstanceOf(fates.contains(2) ? Decision.Complete.class : Decision.Fail.class);
  }

  private static TaskRun open(int succeeded, WorkerId... workers) {
    return new TaskRun.Broadcasting(
        new RunTally(1, 0, 0, Optional.of(START)),
        ImmutableSet.copyOf(workers),
        succeeded,
        START,
        Optional.empty());
  }
}
