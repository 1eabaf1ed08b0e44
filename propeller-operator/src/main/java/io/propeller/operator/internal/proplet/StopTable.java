package io.propeller.operator.internal.proplet;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Table;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.StopNotice;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Attempts that proplets are to stop, by proplet and by task, until it is too late. */
final class StopTable {

  /** What a proplet is to stop. */
  record Target(ResourceID proplet, AttemptId attempt) {}

  /**
   * One attempt that is to stop.
   *
   * @param function that its task calls
   */
  record Entry(String function, StopNotice notice) {}

  private final Table<String, Target, Entry> byTask = HashBasedTable.create();
  private final SetMultimap<ResourceID, AttemptId> byProplet = HashMultimap.create();
  private final InstantSource clock;

  StopTable(InstantSource clock) {
    this.clock = clock;
  }

  boolean contains(Target target) {
    return byProplet.containsEntry(target.proplet(), target.attempt());
  }

  /** Adds or replaces an entry, unless it is too old. */
  void put(Target target, Entry entry) {
    if (!isOver(entry)) {
      byTask.put(target.attempt().task(), target, entry);
      byProplet.put(target.proplet(), target.attempt());
    }
  }

  void remove(Target target) {
    byTask.remove(target.attempt().task(), target);
    byProplet.remove(target.proplet(), target.attempt());
  }

  /** Returns the entries of a task, by its uid. */
  Map<Target, Entry> ofTask(String uid) {
    return Map.copyOf(byTask.row(uid));
  }

  /** Returns the entries of a proplet. */
  Map<Target, Entry> ofProplet(ResourceID proplet) {
    Map<Target, Entry> all = new HashMap<>();
    for (AttemptId attempt : Set.copyOf(byProplet.get(proplet))) {
      Target target = new Target(proplet, attempt);
      Entry entry = requireNonNull(byTask.get(attempt.task(), target));
      if (isOver(entry)) {
        remove(target);
      } else {
        all.put(target, entry);
      }
    }
    return all;
  }

  /** Returns the proplets that there are entries of. */
  Collection<ResourceID> proplets() {
    return Set.copyOf(byProplet.keySet());
  }

  private boolean isOver(Entry entry) {
    return entry.notice().isOver(clock.instant());
  }
}
