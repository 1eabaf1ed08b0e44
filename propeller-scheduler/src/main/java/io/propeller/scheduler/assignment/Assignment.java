package io.propeller.scheduler.assignment;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.WorkerId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which worker of a pool has which of many jobs. Each job is one worker's, and no two workers'
 * numbers of jobs differ by more than one. When jobs or workers come or go, {@link #change} moves
 * as few jobs as that allows. Immutable.
 *
 * @param version how often it has changed, from 0
 * @param shares what each worker of the pool has
 */
public record Assignment(long version, ImmutableSortedMap<WorkerId, Share> shares) {

  /** The assignment of nothing to nobody. */
  public static final Assignment EMPTY = new Assignment(0, ImmutableSortedMap.of());

  /**
   * Returns the assignment of these jobs to these workers. It moves no job away from a worker that
   * stays but those that it has to give up to have no more than the others, and is the same for the
   * same jobs and workers in any order. Where there are no workers, no job is anyone's.
   */
  public Assignment change(Collection<TaskId> jobs, Collection<WorkerId> workers) {
    Map<WorkerId, TreeSet<TaskId>> next = kept(new HashSet<>(jobs), workers);
    if (!next.isEmpty()) {
      Deque<TaskId> free = new ArrayDeque<>(new TreeSet<>(jobs));
      next.values().forEach(free::removeAll);
      Map<WorkerId, Integer> targets = targets(new HashSet<>(jobs).size(), next);
      next.forEach(
          (worker, own) -> {
            while (own.size() > targets.getOrDefault(worker, 0)) {
              free.add(own.pollLast());
            }
          });
      next.forEach(
          (worker, own) -> {
            while (own.size() < targets.getOrDefault(worker, 0)) {
              own.add(free.remove());
            }
          });
    }
    return withShares(next);
  }

  private Map<WorkerId, TreeSet<TaskId>> kept(Set<TaskId> jobs, Collection<WorkerId> workers) {
    Map<WorkerId, TreeSet<TaskId>> kept = new TreeMap<>();
    for (WorkerId worker : workers) {
      TreeSet<TaskId> own = new TreeSet<>(jobsOf(worker));
      own.retainAll(jobs);
      kept.put(worker, own);
    }
    return kept;
  }

  /**
   * Returns how many jobs each is to have. The odd ones go to those that have most, for these then
   * give up fewest.
   */
  private static Map<WorkerId, Integer> targets(int jobs, Map<WorkerId, TreeSet<TaskId>> kept) {
    int each = jobs / kept.size();
    int odd = jobs % kept.size();
    List<WorkerId> fullestFirst =
        kept.keySet().stream()
            .sorted(
                Comparator.<WorkerId>comparingInt(
                        worker -> -kept.getOrDefault(worker, new TreeSet<>()).size())
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    ImmutableMap.Builder<WorkerId, Integer> targets = ImmutableMap.builder();
    for (int i = 0; i < fullestFirst.size(); i++) {
      targets.put(fullestFirst.get(i), i < odd ? each + 1 : each);
    }
    return targets.buildOrThrow();
  }

  private Assignment withShares(Map<WorkerId, TreeSet<TaskId>> next) {
    ImmutableSortedMap.Builder<WorkerId, Share> all = ImmutableSortedMap.naturalOrder();
    next.forEach(
        (worker, jobs) -> {
          Share before = shares.get(worker);
          all.put(
              worker,
              before != null && before.jobs().equals(jobs)
                  ? before
                  : new Share(ImmutableSortedSet.copyOf(jobs), version + 1));
        });
    ImmutableSortedMap<WorkerId, Share> changed = all.build();
    return changed.equals(shares) ? this : new Assignment(version + 1, changed);
  }

  /** Returns the jobs of a worker; none if it is not of the pool. */
  public ImmutableSortedSet<TaskId> jobsOf(WorkerId worker) {
    Share share = shares.get(worker);
    return share == null ? ImmutableSortedSet.of() : share.jobs();
  }

  /**
   * Returns the workers that must load their jobs anew.
   *
   * @param loaded the version of the share that each worker has loaded; those that are not named
   *     have loaded none
   */
  public ImmutableSortedSet<WorkerId> mustReload(Map<WorkerId, Long> loaded) {
    return shares.entrySet().stream()
        .filter(entry -> loaded.getOrDefault(entry.getKey(), 0L) != entry.getValue().version())
        .map(Map.Entry::getKey)
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }
}
