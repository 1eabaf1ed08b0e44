package io.propeller.scheduler.placement;

import com.google.common.collect.Iterables;
import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.WorkerId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The units that wait, arranged so that a changed worker meets only those that it might suit: tasks
 * in groups of equal requirements, those that name a worker under its name; gangs in a group of
 * their own.
 */
final class WaitingLine {

  private final Map<TaskId, Unit> byTask = new HashMap<>();
  private final Map<Requirements, Group> open = new LinkedHashMap<>();
  private final Map<WorkerId, Map<Requirements, Group>> byName = new HashMap<>();
  private final TreeSet<Unit> gangs = new TreeSet<>();
  private final TreeSet<Unit> all = new TreeSet<>();

  boolean isEmpty() {
    return byTask.isEmpty();
  }

  /** Returns how many tasks wait. */
  int tasks() {
    return byTask.size();
  }

  @Nullable Unit find(TaskId task) {
    return byTask.get(task);
  }

  /** Returns all units in order. */
  SortedSet<Unit> all() {
    return all;
  }

  SortedSet<Unit> gangs() {
    return gangs;
  }

  /** Returns the groups of tasks that the worker may suit. */
  Iterable<Group> groups(WorkerId worker) {
    Map<Requirements, Group> named = byName.get(worker);
    return named == null ? open.values() : Iterables.concat(named.values(), open.values());
  }

  void add(Unit unit) {
    for (TaskRequest task : unit.tasks()) {
      byTask.put(task.id(), unit);
    }
    all.add(unit);
    if (unit.isGang()) {
      gangs.add(unit);
      return;
    }
    Requirements required = unit.first().requirements();
    home(required).computeIfAbsent(required, Group::new).units().add(unit);
  }

  void remove(Unit unit) {
    for (TaskRequest task : unit.tasks()) {
      byTask.remove(task.id());
    }
    all.remove(unit);
    if (unit.isGang()) {
      gangs.remove(unit);
      return;
    }
    Requirements required = unit.first().requirements();
    Map<Requirements, Group> home = home(required);
    Group group = home.get(required);
    if (group != null) {
      group.units().remove(unit);
      if (group.units().isEmpty()) {
        home.remove(required);
      }
    }
    required
        .selector()
        .worker()
        .ifPresent(worker -> byName.computeIfPresent(worker, (id, m) -> m.isEmpty() ? null : m));
  }

  private Map<Requirements, Group> home(Requirements required) {
    return required
        .selector()
        .worker()
        .map(worker -> byName.computeIfAbsent(worker, absent -> new LinkedHashMap<>()))
        .orElse(open);
  }
}
