package io.propeller.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.workflow.RunIf;
import io.propeller.scheduler.workflow.Step;
import io.propeller.scheduler.workflow.StepOutcome;
import io.propeller.scheduler.workflow.StepState;
import io.propeller.scheduler.workflow.WorkflowGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchLifecycleTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final BatchRules ANY = BatchRules.builder().build();
  private static final BatchRules FAIL_FAST = BatchRules.builder().failFast(true).build();

  private static final MemberState ABSENT = MemberState.ABSENT;
  private static final MemberState WAITING = MemberState.WAITING;
  private static final MemberState RUNNING = MemberState.RUNNING;
  private static final MemberState SUCCEEDED = MemberState.SUCCEEDED;
  private static final MemberState FAILED = MemberState.FAILED;

  private static final Batch FREE =
      Batch.of(List.of(Step.of("a"), Step.of("b"), Step.of("c")), false);
  private static final Batch ORDERED =
      Batch.of(List.of(Step.of("a"), Step.of("b"), Step.of("c")), true);

  @Test
  void all_are_made_at_once() {
    assertThat(made(decide(FREE, ANY, ABSENT, ABSENT, ABSENT))).containsExactly(0, 1, 2);
  }

  @Test
  void no_more_are_made_than_there_is_room_for() {
    BatchRules two = BatchRules.builder().maxParallelism(2).build();

    assertThat(made(decide(FREE, two, ABSENT, ABSENT, ABSENT))).containsExactly(0, 1);
    assertThat(made(decide(FREE, two, RUNNING, WAITING, ABSENT))).isEmpty();
    assertThat(made(decide(FREE, two, SUCCEEDED, WAITING, ABSENT))).containsExactly(2);
  }

  @Test
  void one_after_the_other_in_order() {
    assertThat(made(decide(ORDERED, FAIL_FAST, ABSENT, ABSENT, ABSENT))).containsExactly(0);
    assertThat(made(decide(ORDERED, FAIL_FAST, RUNNING, ABSENT, ABSENT))).isEmpty();
    assertThat(made(decide(ORDERED, FAIL_FAST, SUCCEEDED, ABSENT, ABSENT))).containsExactly(1);
  }

  @Test
  void the_first_failure_stops_the_rest_of_which_it_counts_what_never_ran_as_skipped() {
    BatchDecision decision = decide(ORDERED, FAIL_FAST, SUCCEEDED, FAILED, ABSENT);

    assertThat(decision.standing()).isEqualTo(Standing.FAILED);
    assertThat(decision.tally()).isEqualTo(new Tally(3, 1, 1, 1, 0, 0));
    assertThat(made(decide(ORDERED, ANY, SUCCEEDED, FAILED, ABSENT))).containsExactly(2);
  }

  @Test
  void what_runs_when_another_fails_is_stopped_before_the_batch_is_over() {
    BatchDecision stopping = decide(FREE, FAIL_FAST, FAILED, RUNNING, WAITING);

    assertThat(stopping.standing()).isEqualTo(Standing.STOPPING);
    assertThat(stopping.hold()).containsExactly(1, 2);
    BatchDecision stopped = decide(FREE, FAIL_FAST, FAILED, MemberState.STOPPED, MemberState.HELD);
    assertThat(stopped.standing()).isEqualTo(Standing.FAILED);
    assertThat(stopped.tally()).isEqualTo(new Tally(3, 0, 1, 1, 1, 0));
    assertThat(stopped.release()).isEmpty();
  }

  @Test
  void a_batch_that_is_held_back_starts_nothing_and_lets_run_what_runs() {
    BatchRules suspended = BatchRules.builder().suspended(true).build();

    BatchDecision held = decide(FREE, suspended, RUNNING, WAITING, ABSENT);
    assertThat(held.standing()).isEqualTo(Standing.SUSPENDED);
    assertThat(held.make()).isEmpty();
    assertThat(held.hold()).containsExactly(1);

    BatchDecision resumed = decide(FREE, ANY, RUNNING, MemberState.HELD, ABSENT);
    assertThat(resumed.release()).containsExactly(1);
    assertThat(made(resumed)).containsExactly(2);
  }

  @Test
  void a_deadline_stops_what_runs_and_fails_the_batch() {
    BatchRules minute = BatchRules.builder().activeDeadline(Duration.ofMinutes(1)).build();

    assertThat(at(NOW.plusSeconds(59), minute, RUNNING).until()).contains(NOW.plusSeconds(60));
    BatchDecision late = at(NOW.plusSeconds(60), minute, RUNNING);
    assertThat(late.standing()).isEqualTo(Standing.OVERDUE);
    assertThat(late.hold()).containsExactly(0);
    assertThat(at(NOW.plusSeconds(61), minute, MemberState.STOPPED).standing())
        .isEqualTo(Standing.DEADLINE_EXCEEDED);
    assertThat(at(NOW.plusSeconds(61), minute, SUCCEEDED).standing()).isEqualTo(Standing.COMPLETED);
  }

  private static BatchDecision at(Instant now, BatchRules rules, MemberState only) {
    return BatchLifecycle.decide(
        Batch.of(List.of(Step.of("a")), false),
        rules,
        BatchFacts.of(List.of(only), List.of(), Optional.of(NOW), now));
  }

  @Test
  void guests_are_counted_and_waited_for_and_a_missing_one_is_said() {
    Batch none = Batch.of(List.of(Step.of("a")), false);

    BatchDecision waits =
        BatchLifecycle.decide(
            none,
            ANY,
            BatchFacts.of(List.of(SUCCEEDED), List.of(FAILED, ABSENT), Optional.empty(), NOW));
    assertThat(waits.standing()).isEqualTo(Standing.WAITS_FOR_GUESTS);
    assertThat(waits.tally()).isEqualTo(new Tally(3, 1, 1, 0, 0, 1));
    BatchDecision over =
        BatchLifecycle.decide(
            none,
            ANY,
            BatchFacts.of(List.of(SUCCEEDED), List.of(FAILED, SUCCEEDED), Optional.empty(), NOW));
    assertThat(over.standing()).isEqualTo(Standing.FAILED);
  }

  @Test
  void a_task_that_depends_on_one_that_was_never_made_does_not_look_for_it() {
    Batch batch =
        Batch.of(
            List.of(
                Step.of("work"),
                Step.of("next", "work"),
                Step.onFailure("rescue", Set.of("work", "next"))),
            false);

    assertThat(decide(batch, ANY, FAILED, ABSENT, ABSENT).make())
        .containsExactly(new Making(2, ImmutableList.of("work"), RunIf.FAILURE));
    assertThat(decide(batch, ANY, MemberState.REFUSED, ABSENT, ABSENT).make())
        .containsExactly(new Making(2, ImmutableList.of(), RunIf.SUCCESS));
  }

  @Test
  void what_can_never_have_its_turn_is_found_beforehand() {
    assertThat(problem(false, Step.of("a", "b")))
        .isEqualTo("a depends on b, which is the name of no task of the batch");
    assertThat(problem(false, Step.of("a", "b"), Step.of("b", "a")))
        .isEqualTo("a depends on itself: a -> b -> a");
    assertThat(problem(true, Step.of("a", "b"), Step.of("b")))
        .isEqualTo("a depends on b, which comes after it in the order in which they run");
    assertThat(problem(true, Step.of("a"), Step.of("b", "a"))).isEmpty();
    assertThatThrownBy(() -> Batch.of(List.of(Step.of("a", "a")), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a depends on itself: a -> a");
  }

  @Test
  void facts_must_be_of_as_many_tasks() {
    assertThatThrownBy(() -> decide(FREE, ANY, ABSENT))
        .hasMessage("facts are of 1 tasks, the batch has 3");
  }

  @Test
  void ten_thousand_tasks_are_no_matter() {
    Batch chain =
        Batch.of(
            IntStream.range(0, 10_000)
                .mapToObj(i -> i == 0 ? Step.of("0") : Step.of("" + i, "" + (i - 1)))
                .toList(),
            false);

    assertThat(
            decide(
                    chain,
                    ANY,
                    IntStream.range(0, 10_000)
                        .mapToObj(i -> i == 0 ? FAILED : ABSENT)
                        .toArray(MemberState[]::new))
                .tally())
        .isEqualTo(new Tally(10_000, 0, 1, 9_999, 0, 0));
  }

  @Property(tries = 300)
  void the_outcome_of_a_whole_batch_is_that_of_a_slow_model_whoever_is_killed_when(
      @ForAll("batches") List<Step> steps,
      @ForAll Set<@IntRange(max = 7) Integer> failing,
      @ForAll @IntRange(min = 1, max = 4) int most,
      @ForAll long seed) {
    Set<String> fails = names(failing);
    BatchRules rules = BatchRules.builder().maxParallelism(most).build();

    BatchWorld world = new BatchWorld(Batch.of(steps, false), rules, fails, seed).run();

    Map<String, StepOutcome> expected = model(steps, fails);
    Map<String, StepOutcome> ended = world.outcomes();
    expected.forEach(
        (name, outcome) -> {
          if (outcome == StepOutcome.SKIPPED) {
            assertThat(ended).doesNotContainKey(name);
          } else {
            assertThat(ended).containsEntry(name, outcome);
          }
        });
    assertThat(world.mostOpen).isLessThanOrEqualTo(most);
    assertThat(world.last().standing())
        .isEqualTo(
            expected.containsValue(StepOutcome.FAILED) ? Standing.FAILED : Standing.COMPLETED);
    Tally tally = world.last().tally();
    assertThat(tally)
        .isEqualTo(
            new Tally(
                steps.size(),
                count(expected, StepOutcome.SUCCEEDED),
                count(expected, StepOutcome.FAILED),
                count(expected, StepOutcome.SKIPPED),
                0,
                0));
  }

  @Property(tries = 200)
  void one_by_one_no_two_are_there_at_a_time_and_none_before_its_turn(
      @ForAll("batches") List<Step> steps,
      @ForAll Set<@IntRange(max = 7) Integer> failing,
      @ForAll boolean failFast,
      @ForAll long seed) {
    BatchRules rules = BatchRules.builder().failFast(failFast).build();

    BatchWorld world = new BatchWorld(Batch.of(steps, true), rules, names(failing), seed).run();

    assertThat(world.last().standing().isOver()).isTrue();
    assertThat(world.mostOpen).isLessThanOrEqualTo(1);
    assertThat(world.outOfOrder).isFalse();
    assertThat(world.startedAfterStop).isFalse();
    long failed = world.states().stream().filter(MemberState.FAILED::equals).count();
    assertThat(failed).isLessThanOrEqualTo(failFast ? 1 : steps.size());
  }

  @Property(tries = 200)
  void a_batch_that_stops_at_the_first_failure_accounts_for_every_task(
      @ForAll("batches") List<Step> steps,
      @ForAll Set<@IntRange(max = 7) Integer> failing,
      @ForAll long seed) {
    BatchWorld world =
        new BatchWorld(Batch.of(steps, false), FAIL_FAST, names(failing), seed).run();

    assertThat(world.last().standing().isOver()).isTrue();
    assertThat(world.startedAfterStop).isFalse();
    Tally tally = world.last().tally();
    assertThat(tally.completed() + tally.failed() + tally.skipped() + tally.interrupted())
        .isEqualTo(tally.total());
    assertThat(tally.failed() > 0).isEqualTo(world.last().standing() == Standing.FAILED);
  }

  @Property(tries = 200)
  void a_batch_that_was_held_back_for_a_while_comes_to_the_same_end(
      @ForAll("batches") List<Step> steps,
      @ForAll Set<@IntRange(max = 7) Integer> failing,
      @ForAll @IntRange(max = 10) int before,
      @ForAll long seed) {
    Set<String> fails = names(failing);

    BatchWorld world =
        new BatchWorld(Batch.of(steps, false), ANY, fails, seed).someSteps(before).holdBack().run();

    assertThat(world.startedAfterStop).isFalse();
    Map<String, StepOutcome> expected = new TreeMap<>(model(steps, fails));
    expected.values().removeIf(StepOutcome.SKIPPED::equals);
    assertThat(world.outcomes()).isEqualTo(expected);
  }

  /** Steps that depend on steps before them, so that there is no cycle. */
  @Provide
  Arbitrary<List<Step>> batches() {
    Arbitrary<Set<Integer>> edges = Arbitraries.integers().between(0, 6).set().ofMaxSize(3);
    Arbitrary<RunIf> runIf =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(4, RunIf.SUCCESS), net.jqwik.api.Tuple.of(1, RunIf.FAILURE));
    return Combinators.combine(edges.list().ofSize(8), runIf.list().ofSize(8))
        .as(
            (dependencies, conditions) -> {
              List<Step> steps = new ArrayList<>();
              for (int i = 0; i < 8; i++) {
                int self = i;
                steps.add(
                    new Step(
                        "s" + i,
                        dependencies.get(i).stream()
                            .filter(d -> d < self)
                            .map(d -> "s" + d)
                            .collect(ImmutableSet.toImmutableSet()),
                        conditions.get(i)));
              }
              return steps;
            });
  }

  /** Starts what is ready, one at a time, until nothing is. */
  private static Map<String, StepOutcome> model(List<Step> steps, Set<String> fails) {
    WorkflowGraph graph = WorkflowGraph.of(steps);
    Map<String, StepOutcome> outcomes = new TreeMap<>(graph.settled(Map.of()));
    while (true) {
      Optional<String> ready =
          graph.states(outcomes).entrySet().stream()
              .filter(state -> state.getValue() instanceof StepState.Ready)
              .map(Map.Entry::getKey)
              .findFirst();
      if (ready.isEmpty()) {
        return outcomes;
      }
      outcomes.put(
          ready.get(), fails.contains(ready.get()) ? StepOutcome.FAILED : StepOutcome.SUCCEEDED);
      outcomes.putAll(graph.settled(outcomes));
    }
  }

  private static int count(Map<String, StepOutcome> outcomes, StepOutcome outcome) {
    return (int) outcomes.values().stream().filter(outcome::equals).count();
  }

  private static Set<String> names(Set<Integer> numbers) {
    return numbers.stream().map(i -> "s" + i).collect(Collectors.toSet());
  }

  private static BatchDecision decide(Batch batch, BatchRules rules, MemberState... members) {
    return BatchLifecycle.decide(
        batch, rules, BatchFacts.of(List.of(members), List.of(), Optional.empty(), NOW));
  }

  private static List<Integer> made(BatchDecision decision) {
    return decision.make().stream().map(Making::step).toList();
  }

  private static String problem(boolean oneByOne, Step... steps) {
    return Batch.problem(List.of(steps), oneByOne).map(BatchProblem::message).orElse("");
  }
}
