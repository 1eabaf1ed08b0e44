package io.propeller.scheduler.workflow;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The strongly connected components of a dependency graph: two steps are in one if each depends on
 * the other, over others or not. Found as in Tarjan, Depth-first search and linear graph algorithms
 * (SIAM J. Comput. 1, 1972), with a stack of its own in place of recursion, so that a chain of any
 * length will do.
 */
final class StrongComponents {

  private record Visit(String name, Iterator<String> rest) {}

  private final Map<String, Step> steps;
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final Map<String, Integer> component = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  StrongComponents(Map<String, Step> steps) {
    this.steps = steps;
    steps.keySet().stream().filter(name -> !index.containsKey(name)).forEach(this::visit);
  }

  /** Returns the number of each step's component. */
  ImmutableMap<String, Integer> byName() {
    return ImmutableMap.copyOf(component);
  }

  private void visit(String root) {
    Deque<Visit> path = new ArrayDeque<>();
    path.push(enter(root));
    while (!path.isEmpty()) {
      Visit visit = path.getFirst();
      if (visit.rest().hasNext()) {
        String next = visit.rest().next();
        if (!steps.containsKey(next)) {
          continue;
        }
        if (!index.containsKey(next)) {
          path.push(enter(next));
        } else if (!component.containsKey(next)) {
          low.merge(visit.name(), at(index, next), Math::min);
        }
      } else {
        path.pop();
        leave(visit.name());
        if (!path.isEmpty()) {
          low.merge(path.getFirst().name(), at(low, visit.name()), Math::min);
        }
      }
    }
  }

  private Visit enter(String name) {
    int number = index.size();
    index.put(name, number);
    low.put(name, number);
    open.push(name);
    Step step = steps.get(name);
    return new Visit(
        name,
        step == null
            ? ImmutableMap.<String, String>of().keySet().iterator()
            : step.dependsOn().iterator());
  }

  private void leave(String name) {
    if (at(low, name) != at(index, name)) {
      return;
    }
    int number = at(index, name);
    String member;
    do {
      member = open.pop();
      component.put(member, number);
    } while (!member.equals(name));
  }

  private static int at(Map<String, Integer> numbers, String name) {
    return numbers.getOrDefault(name, -1);
  }
}
