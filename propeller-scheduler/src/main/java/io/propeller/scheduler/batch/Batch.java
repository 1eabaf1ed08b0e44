package io.propeller.scheduler.batch;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.workflow.Step;
import io.propeller.scheduler.workflow.WorkflowGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of a batch and in which order they may run. Immutable. A task is known by its number,
 * which is its place in the list; to go through all of them takes time in proportion to their
 * number and that of what they depend on.
 */
public final class Batch {

  private final ImmutableList<Step> steps;
  private final boolean oneByOne;
  private final int[][] dependencies;
  private final int[] order;

  private Batch(ImmutableList<Step> steps, boolean oneByOne) {
    this.steps = steps;
    this.oneByOne = oneByOne;
    this.dependencies = numbered(steps);
    this.order = dependenciesFirst(dependencies);
  }

  /**
   * Returns the batch of these steps.
   *
   * @param oneByOne whether they run one after the other in the order of the list
   * @throws IllegalArgumentException if {@link #problem} finds one; the message says which
   */
  public static Batch of(List<Step> steps, boolean oneByOne) {
    problem(steps, oneByOne)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem.message());
            });
    return new Batch(ImmutableList.copyOf(steps), oneByOne);
  }

  /**
   * Returns why these steps could never all have their turn, if so; of several reasons, the first
   * in the order of the list.
   *
   * @throws IllegalArgumentException if two steps have one name
   */
  public static Optional<BatchProblem> problem(List<Step> steps, boolean oneByOne) {
    Map<String, Integer> numbers = numbers(steps);
    WorkflowGraph graph = WorkflowGraph.of(steps);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      for (String dependency : step.dependsOn()) {
        Integer number = numbers.get(dependency);
        if (number == null) {
          return Optional.of(new BatchProblem.UnknownDependency(step.name(), dependency));
        }
      }
      ImmutableList<String> cycle = graph.cycles().get(step.name());
      if (cycle != null) {
        return Optional.of(new BatchProblem.Cycle(cycle));
      }
      for (String dependency : step.dependsOn()) {
        if (oneByOne && numbers.getOrDefault(dependency, 0) > i) {
          return Optional.of(new BatchProblem.OutOfOrder(step.name(), dependency));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the steps, in the order of their numbers. */
  public ImmutableList<Step> steps() {
    return steps;
  }

  /** Returns how many there are. */
  public int size() {
    return steps.size();
  }

  boolean isOneByOne() {
    return oneByOne;
  }

  /** Returns the numbers of the steps, those that a step depends on before it. */
  int[] order() {
    return order;
  }

  /** Returns the numbers of what a step depends on. */
  int[] dependencies(int step) {
    return dependencies[step];
  }

  private static Map<String, Integer> numbers(List<Step> steps) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      numbers.put(steps.get(i).name(), i);
    }
    return numbers;
  }

  private static int[][] numbered(List<Step> steps) {
    Map<String, Integer> numbers = numbers(steps);
    return steps.stream()
        .map(
            step ->
                step.dependsOn().stream()
                    .mapToInt(name -> numbers.getOrDefault(name, -1))
                    .toArray())
        .toArray(int[][]::new);
  }

  private static int[] dependenciesFirst(int[][] dependencies) {
    int[] open = new int[dependencies.length];
    List<List<Integer>> dependents = new ArrayList<>();
    for (int i = 0; i < dependencies.length; i++) {
      dependents.add(new ArrayList<>());
    }
    Deque<Integer> free = new ArrayDeque<>();
    for (int i = 0; i < dependencies.length; i++) {
      open[i] = dependencies[i].length;
      for (int dependency : dependencies[i]) {
        dependents.get(dependency).add(i);
      }
      if (open[i] == 0) {
        free.add(i);
      }
    }
    int[] order = new int[dependencies.length];
    for (int at = 0; at < order.length; at++) {
      order[at] = free.remove();
      for (int dependent : dependents.get(order[at])) {
        if (--open[dependent] == 0) {
          free.add(dependent);
        }
      }
    }
    return order;
  }
}
