package io.propeller.scheduler.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.Test;

class WorkflowGraphTest {

  @Test
  void a_step_is_ready_once_all_that_it_depends_on_has_ended_as_it_wants() {
    WorkflowGraph graph =
        WorkflowGraph.of(
            List.of(
                Step.of("build"),
                Step.of("test", "build"),
                Step.of("ship", "build", "test"),
                Step.onFailure("alarm", Set.of("build", "test"))));

    assertThat(graph.states(Map.of("build", StepOutcome.SUCCEEDED)))
        .containsEntry("test", new StepState.Ready())
        .containsEntry(
            "ship", new StepState.Waits(ImmutableSortedSet.of("test"), ImmutableSortedSet.of()));
    assertThat(graph.states(Map.of("build", StepOutcome.SUCCEEDED, "test", StepOutcome.FAILED)))
        .containsEntry("ship", new StepState.ToSkip())
        .containsEntry("alarm", new StepState.Ready());
  }

  @Test
  void skipping_goes_on_down_the_line() {
    WorkflowGraph graph =
        WorkflowGraph.of(List.of(Step.of("a"), Step.of("b", "a"), Step.of("c", "b")));

    assertThat(graph.settled(Map.of("a", StepOutcome.FAILED)))
        .containsEntry("b", StepOutcome.SKIPPED)
        .containsEntry("c", StepOutcome.SKIPPED);
  }

  @Test
  void a_cycle_is_named_on_each_step_of_it_and_only_there() {
    WorkflowGraph graph =
        WorkflowGraph.of(
            List.of(Step.of("a", "b"), Step.of("b", "a"), Step.of("c", "a"), Step.of("d", "d")));

    assertThat(graph.cycles()).containsOnlyKeys("a", "b", "d");
    assertThat(graph.states(Map.of()).get("a"))
        .isInstanceOfSatisfying(
            StepState.OnCycle.class,
            cycle -> assertThat(cycle.message()).isEqualTo("a depends on itself: a -> b -> a"));
    assertThat(graph.states(Map.of())).containsEntry("c", new StepState.ToSkip());
  }

  @Test
  void a_missing_dependency_is_waited_for_and_named() {
    WorkflowGraph graph = WorkflowGraph.of(List.of(Step.of("a", "later")));

    assertThat(graph.missing()).containsEntry("later", ImmutableSortedSet.of("a"));
    assertThat(graph.states(Map.of()))
        .containsEntry(
            "a", new StepState.Waits(ImmutableSortedSet.of(), ImmutableSortedSet.of("later")));
  }

  @Test
  void a_chain_of_any_length_will_do() {
    WorkflowGraph graph =
        WorkflowGraph.of(
            IntStream.range(0, 50_000)
                .mapToObj(i -> i == 0 ? Step.of("0") : Step.of("" + i, "" + (i - 1)))
                .toList());

    assertThat(graph.cycles()).isEmpty();
    assertThat(graph.settled(Map.of("0", StepOutcome.FAILED))).hasSize(50_000);
  }

  @Test
  void two_steps_of_one_name_are_refused() {
    assertThatThrownBy(() -> WorkflowGraph.of(List.of(Step.of("a"), Step.of("a"))))
        .hasMessage("two steps are named a");
  }

  @Property(tries = 500)
  void the_outcome_of_a_whole_graph_is_that_of_a_slow_model(
      @ForAll("graphs") List<Step> steps,
      @ForAll Set<@net.jqwik.api.constraints.IntRange(max = 7) Integer> failing) {
    Set<String> fails = failing.stream().map(i -> "s" + i).collect(Collectors.toSet());

    assertThat(runToTheEnd(steps, fails)).isEqualTo(model(steps, fails));
  }

  @Property(tries = 500)
  void a_step_is_on_a_cycle_if_and_only_if_it_reaches_itself(@ForAll("graphs") List<Step> steps) {
    WorkflowGraph graph = WorkflowGraph.of(steps);

    for (Step step : steps) {
      boolean reachesItself = reachable(step.name(), steps).contains(step.name());
      assertThat(graph.cycles().containsKey(step.name())).isEqualTo(reachesItself);
      if (reachesItself) {
        List<String> path = graph.cycles().get(step.name());
        assertThat(path.get(0)).isEqualTo(step.name()).isEqualTo(path.get(path.size() - 1));
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> graphs() {
    Arbitrary<Set<Integer>> edges = Arbitraries.integers().between(0, 8).set().ofMaxSize(3);
    Arbitrary<RunIf> runIf = Arbitraries.of(RunIf.class);
    return Combinators.combine(edges.list().ofSize(8), runIf.list().ofSize(8))
        .as(
            (dependencies, conditions) -> {
              List<Step> steps = new ArrayList<>();
              for (int i = 0; i < 8; i++) {
                Set<String> names =
                    dependencies.get(i).stream().map(d -> "s" + d).collect(Collectors.toSet());
                steps.add(
                    new Step(
                        "s" + i,
                        com.google.common.collect.ImmutableSet.copyOf(names),
                        conditions.get(i)));
              }
              return steps;
            });
  }

  /**
   * Drives the graph as an embedder does: starts what is ready, one at a time, until nothing is.
   */
  private static Map<String, StepOutcome> runToTheEnd(List<Step> steps, Set<String> fails) {
    WorkflowGraph graph = WorkflowGraph.of(steps);
    Map<String, StepOutcome> outcomes = new TreeMap<>(graph.settled(Map.of()));
    while (true) {
      Map<String, StepState> states = new TreeMap<>(graph.states(outcomes));
      String ready =
          states.keySet().stream()
              .filter(name -> states.get(name) instanceof StepState.Ready)
              .findFirst()
              .orElse(null);
      if (ready == null) {
        return outcomes;
      }
      outcomes.put(ready, fails.contains(ready) ? StepOutcome.FAILED : StepOutcome.SUCCEEDED);
      outcomes.putAll(graph.settled(outcomes));
    }
  }

  /** Says the same by repeating the rules until nothing changes. */
  private static Map<String, StepOutcome> model(List<Step> steps, Set<String> fails) {
    Map<String, StepOutcome> outcomes = new TreeMap<>();
    Set<String> onCycle =
        steps.stream()
            .map(Step::name)
            .filter(name -> reachable(name, steps).contains(name))
            .collect(Collectors.toSet());
    for (int round = 0; round <= steps.size(); round++) {
      for (Step step : steps) {
        List<Boolean> succeeded = new ArrayList<>();
        for (String name : step.dependsOn()) {
          if (onCycle.contains(name)) {
            succeeded.add(false);
          } else if (outcomes.containsKey(name)) {
            succeeded.add(outcomes.get(name) == StepOutcome.SUCCEEDED);
          }
        }
        if (onCycle.contains(step.name()) || succeeded.size() < step.dependsOn().size()) {
          continue;
        }
        boolean good = !succeeded.contains(false);
        StepOutcome ran = fails.contains(step.name()) ? StepOutcome.FAILED : StepOutcome.SUCCEEDED;
        outcomes.put(
            step.name(), good == (step.runIf() == RunIf.SUCCESS) ? ran : StepOutcome.SKIPPED);
      }
    }
    return outcomes;
  }

  private static Set<String> reachable(String start, List<Step> steps) {
    Map<String, Step> byName = steps.stream().collect(Collectors.toMap(Step::name, s -> s));
    Set<String> seen = new java.util.HashSet<>();
    List<String> open = new ArrayList<>(byName.get(start).dependsOn());
    while (!open.isEmpty()) {
      String name = open.remove(0);
      if (seen.add(name) && byName.containsKey(name)) {
        open.addAll(byName.get(name).dependsOn());
      }
    }
    return seen;
  }
}
