package io.propeller.scheduler.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.WorkerId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Test
  void only_a_worker_whose_jobs_changed_must_load_them_anew() {
    Assignment two = Assignment.EMPTY.change(jobs(0, 1, 2), workers(0, 1));
    Map<WorkerId, Long> loaded = new HashMap<>();
    two.shares().forEach((worker, share) -> loaded.put(worker, share.version()));
    Assignment more = two.change(jobs(0, 1, 2, 3), workers(0, 1));

    assertThat(two.mustReload(Map.of())).hasSize(2);
    assertThat(two.mustReload(loaded)).isEmpty();
    assertThat(more.mustReload(loaded)).containsExactly(WorkerId.of("w1"));
  }

  @Test
  void nothing_changes_where_nothing_has_changed() {
    Assignment assignment = Assignment.EMPTY.change(jobs(0, 1), workers(0));

    assertThat(assignment.change(jobs(1, 0), workers(0))).isSameAs(assignment);
  }

  @Property(tries = 300)
  void each_job_is_one_workers_and_sizes_differ_by_at_most_one(
      @ForAll("changes") List<Change> changes) {
    Assignment assignment = Assignment.EMPTY;
    for (Change change : changes) {
      assignment = assignment.change(change.jobs(), change.workers());

      List<TaskId> assigned =
          assignment.shares().values().stream().flatMap(s -> s.jobs().stream()).toList();
      assertThat(assigned)
          .doesNotHaveDuplicates()
          .hasSameElementsAs(change.workers().isEmpty() ? Set.of() : change.jobs());
      assertThat(assignment.shares().keySet()).hasSameElementsAs(change.workers());
      List<Integer> sizes =
          assignment.shares().values().stream().map(share -> share.jobs().size()).toList();
      if (!sizes.isEmpty()) {
        assertThat(java.util.Collections.max(sizes) - java.util.Collections.min(sizes))
            .isLessThanOrEqualTo(1);
      }
    }
  }

  @Property(tries = 300)
  void a_change_moves_no_more_jobs_than_the_theoretical_minimum(
      @ForAll("changes") List<Change> changes) {
    Assignment before = Assignment.EMPTY;
    for (Change change : changes) {
      Assignment after = before.change(change.jobs(), change.workers());

      assertThat(moved(before, after)).isEqualTo(leastMoves(before, change));
      before = after;
    }
  }

  @Property(tries = 100)
  void the_order_in_which_jobs_and_workers_are_named_does_not_matter(
      @ForAll("changes") List<Change> changes) {
    Assignment one = Assignment.EMPTY;
    Assignment other = Assignment.EMPTY;
    for (Change change : changes) {
      one = one.change(change.jobs(), change.workers());
      other =
          other.change(
              Lists.reverse(List.copyOf(change.jobs())),
              Lists.reverse(List.copyOf(change.workers())));
    }

    assertThat(one).isEqualTo(other);
  }

  record Change(Set<TaskId> jobs, Set<WorkerId> workers) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Set<Integer>> jobs = Arbitraries.integers().between(0, 40).set().ofMaxSize(30);
    Arbitrary<Set<Integer>> workers = Arbitraries.integers().between(0, 9).set().ofMaxSize(7);
    return net.jqwik.api.Combinators.combine(jobs, workers)
        .as(
            (j, w) ->
                new Change(
                    j.stream().map(i -> TaskId.of("j" + i)).collect(Collectors.toSet()),
                    w.stream().map(i -> WorkerId.of("w" + i)).collect(Collectors.toSet())))
        .list()
        .ofMaxSize(6);
  }

  /** Counts the jobs that were a staying worker's and are another's now. */
  private static int moved(Assignment before, Assignment after) {
    Map<TaskId, WorkerId> owners = new HashMap<>();
    after.shares().forEach((w, share) -> share.jobs().forEach(job -> owners.put(job, w)));
    int moved = 0;
    for (WorkerId worker : before.shares().keySet()) {
      if (after.shares().containsKey(worker)) {
        for (TaskId job : before.jobsOf(worker)) {
          moved += owners.containsKey(job) && !owners.get(job).equals(worker) ? 1 : 0;
        }
      }
    }
    return moved;
  }

  /**
   * Whoever has more jobs than its due must give up the difference, whatever the way; due is one
   * more than the rest to as many workers as the division leaves over, best to those that have
   * most.
   */
  private static int leastMoves(Assignment before, Change change) {
    if (change.workers().isEmpty()) {
      return 0;
    }
    int each = change.jobs().size() / change.workers().size();
    int odd = change.jobs().size() % change.workers().size();
    List<Integer> held =
        change.workers().stream()
            .map(w -> (int) before.jobsOf(w).stream().filter(change.jobs()::contains).count())
            .sorted(Comparator.reverseOrder())
            .toList();
    int moves = 0;
    for (int i = 0; i < held.size(); i++) {
      moves += Math.max(0, held.get(i) - (i < odd ? each + 1 : each));
    }
    return moves;
  }

  private static List<TaskId> jobs(Integer... numbers) {
    return java.util.Arrays.stream(numbers).map(i -> TaskId.of("j" + i)).toList();
  }

  private static List<WorkerId> workers(Integer... numbers) {
    return java.util.Arrays.stream(numbers).map(i -> WorkerId.of("w" + i)).toList();
  }
}
