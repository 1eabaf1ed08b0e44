package io.propeller.scheduler.workflow;

import static com.google.common.collect.ImmutableSortedMap.toImmutableSortedMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a workflow and what they depend on. Immutable; its answers depend on nothing but the
 * steps and the outcomes that they are given.
 *
 * <p>A step that depends on itself, over others or not, can never run, and counts as {@link
 * StepOutcome#FAILED} to those that depend on it. A dependency that is not there yet is waited for.
 */
public final class WorkflowGraph {

  private final ImmutableSortedMap<String, Step> steps;
  private final ImmutableMap<String, ImmutableList<String>> cycles;

  private WorkflowGraph(ImmutableSortedMap<String, Step> steps) {
    this.steps = steps;
    this.cycles = findCycles();
  }

  /**
   * Returns the graph of these steps.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static WorkflowGraph of(Collection<Step> steps) {
    return new WorkflowGraph(
        steps.stream()
            .collect(
                toImmutableSortedMap(
                    Comparator.<String>naturalOrder(),
                    Step::name,
                    Function.identity(),
                    (a, b) -> {
                      throw new IllegalArgumentException("two steps are named " + a.name());
                    })));
  }

  /**
   * Returns each step that depends on itself, with the shortest way round, as in {@link
   * StepState.OnCycle#path()}.
   */
  public ImmutableMap<String, ImmutableList<String>> cycles() {
    return cycles;
  }

  /** Returns each name that is depended on but is no step's, with the steps that depend on it. */
  public ImmutableSortedMap<String, ImmutableSortedSet<String>> missing() {
    Map<String, ImmutableSortedSet.Builder<String>> missing = new TreeMap<>();
    for (Step step : steps.values()) {
      for (String name : step.dependsOn()) {
        if (!steps.containsKey(name)) {
          missing
              .computeIfAbsent(name, absent -> ImmutableSortedSet.naturalOrder())
              .add(step.name());
        }
      }
    }
    return missing.entrySet().stream()
        .collect(
            toImmutableSortedMap(
                Comparator.<String>naturalOrder(),
                Map.Entry::getKey,
                entry -> entry.getValue().build()));
  }

  /**
   * Returns what is to be done about each step now. Skipping the steps that are to be skipped may
   * make others ready, so ask again with these outcomes, or use {@link #settled}.
   *
   * @param outcomes how steps ended; those without an outcome have not
   */
  public ImmutableSortedMap<String, StepState> states(Map<String, StepOutcome> outcomes) {
    return steps.values().stream()
        .collect(
            toImmutableSortedMap(
                Comparator.<String>naturalOrder(), Step::name, step -> state(step, outcomes)));
  }

  /**
   * Returns these outcomes, and with them those of all steps that are to be skipped in consequence.
   */
  public ImmutableSortedMap<String, StepOutcome> settled(Map<String, StepOutcome> outcomes) {
    Map<String, StepOutcome> settled = new TreeMap<>(outcomes);
    Deque<Step> toLookAt = new ArrayDeque<>(steps.values());
    Map<String, Collection<Step>> dependents = dependents();
    while (!toLookAt.isEmpty()) {
      Step step = toLookAt.remove();
      if (state(step, settled) instanceof StepState.ToSkip) {
        settled.put(step.name(), StepOutcome.SKIPPED);
        toLookAt.addAll(dependents.getOrDefault(step.name(), ImmutableList.of()));
      }
    }
    return ImmutableSortedMap.copyOf(settled);
  }

  private StepState state(Step step, Map<String, StepOutcome> outcomes) {
    StepOutcome own = outcomes.get(step.name());
    if (own != null) {
      return new StepState.Ended(own);
    }
    ImmutableList<String> cycle = cycles.get(step.name());
    if (cycle != null) {
      return new StepState.OnCycle(cycle);
    }
    ImmutableSortedSet.Builder<String> open = ImmutableSortedSet.naturalOrder();
    ImmutableSortedSet.Builder<String> missing = ImmutableSortedSet.naturalOrder();
    boolean allSucceeded = true;
    boolean allEnded = true;
    for (String name : step.dependsOn()) {
      StepOutcome outcome = outcome(name, outcomes);
      if (outcome == null) {
        allEnded = false;
        (steps.containsKey(name) ? open : missing).add(name);
      } else {
        allSucceeded &= outcome == StepOutcome.SUCCEEDED;
      }
    }
    if (!allEnded) {
      return new StepState.Waits(open.build(), missing.build());
    }
    return allSucceeded == (step.runIf() == RunIf.SUCCESS)
        ? new StepState.Ready()
        : new StepState.ToSkip();
  }

  private @Nullable StepOutcome outcome(String name, Map<String, StepOutcome> outcomes) {
    StepOutcome outcome = outcomes.get(name);
    return outcome == null && cycles.containsKey(name) ? StepOutcome.FAILED : outcome;
  }

  private Map<String, Collection<Step>> dependents() {
    Map<String, Collection<Step>> dependents = new HashMap<>();
    for (Step step : steps.values()) {
      for (String name : step.dependsOn()) {
        dependents.computeIfAbsent(name, absent -> new ArrayDeque<>()).add(step);
      }
    }
    return dependents;
  }

  private ImmutableMap<String, ImmutableList<String>> findCycles() {
    Map<String, Integer> components = new StrongComponents(steps).byName();
    Map<Integer, Long> sizes =
        components.values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    ImmutableMap.Builder<String, ImmutableList<String>> found = ImmutableMap.builder();
    for (Step step : steps.values()) {
      boolean onCycle =
          sizes.getOrDefault(components.get(step.name()), 0L) > 1
              || step.dependsOn().contains(step.name());
      if (onCycle) {
        found.put(step.name(), wayRound(step.name()));
      }
    }
    return found.buildOrThrow();
  }

  /**
   * Returns the shortest path from the name, which is on a cycle, back to it, of equal ones the
   * first by name.
   */
  private ImmutableList<String> wayRound(String start) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> toLookAt = new ArrayDeque<>();
    toLookAt.add(start);
    while (!cameFrom.containsKey(start)) {
      String name = toLookAt.remove();
      Step step = steps.get(name);
      if (step == null) {
        continue;
      }
      for (String next : ImmutableSortedSet.copyOf(step.dependsOn())) {
        if (cameFrom.putIfAbsent(next, name) == null) {
          toLookAt.add(next);
        }
      }
    }
    Deque<String> path = new ArrayDeque<>();
    path.addFirst(start);
    for (String at = cameFrom.get(start); at != null; at = cameFrom.get(at)) {
      path.addFirst(at);
      if (at.equals(start)) {
        break;
      }
    }
    return ImmutableList.copyOf(Iterables.unmodifiableIterable(path));
  }
}
