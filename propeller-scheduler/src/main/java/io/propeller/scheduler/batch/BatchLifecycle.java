package io.propeller.scheduler.batch;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.workflow.RunIf;
import io.propeller.scheduler.workflow.StepOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do next with a batch, as a function of its tasks and of what is known of them.
 *
 * <p>Whatever part of a decision was carried out, the next decision goes on from there, so that
 * anyone can go on at any point.
 */
public final class BatchLifecycle {

  private final Batch batch;
  private final BatchRules rules;
  private final BatchFacts facts;
  private final @Nullable StepOutcome[] outcomes;
  private final boolean[] ready;
  private int open;

  private BatchLifecycle(Batch batch, BatchRules rules, BatchFacts facts) {
    this.batch = batch;
    this.rules = rules;
    this.facts = facts;
    this.outcomes = new StepOutcome[batch.size()];
    this.ready = new boolean[batch.size()];
    for (int step : batch.order()) {
      look(step);
    }
  }

  /**
   * Decides what to do next.
   *
   * @throws IllegalArgumentException if the facts are of another number of tasks
   */
  public static BatchDecision decide(Batch batch, BatchRules rules, BatchFacts facts) {
    if (facts.members().size() != batch.size()) {
      throw new IllegalArgumentException(
          "facts are of %d tasks, the batch has %d"
              .formatted(facts.members().size(), batch.size()));
    }
    return new BatchLifecycle(batch, rules, facts).decide();
  }

  private void look(int step) {
    MemberState state = facts.members().get(step);
    outcomes[step] = state.outcome().orElse(null);
    if (state.isOpen()) {
      open++;
    }
    if (state != MemberState.ABSENT) {
      return;
    }
    boolean allSucceeded = true;
    for (int dependency : batch.dependencies(step)) {
      StepOutcome outcome = outcomes[dependency];
      if (outcome == null) {
        return;
      }
      allSucceeded &= outcome == StepOutcome.SUCCEEDED;
    }
    if (allSucceeded == (batch.steps().get(step).runIf() == RunIf.SUCCESS)) {
      ready[step] = true;
    } else {
      outcomes[step] = StepOutcome.SKIPPED;
    }
  }

  private BatchDecision decide() {
    Standing standing = standing();
    boolean stops = standing == Standing.STOPPING || standing == Standing.OVERDUE;
    boolean suspended = rules.suspended() && !standing.isOver();
    if (stops && isSettled()) {
      standing = standing == Standing.OVERDUE ? Standing.DEADLINE_EXCEEDED : Standing.FAILED;
    }
    boolean goesOn = !stops && !suspended && !standing.isOver();
    return new BatchDecision(
        standing,
        tally(stops),
        goesOn ? make() : ImmutableList.of(),
        stops
            ? all(MemberState.WAITING, MemberState.RUNNING, MemberState.INTERRUPTED)
            : suspended ? all(MemberState.WAITING) : ImmutableList.of(),
        goesOn ? all(MemberState.HELD, MemberState.STOPPED) : ImmutableList.of(),
        standing.isOver() || stops ? Optional.empty() : deadline());
  }

  private Standing standing() {
    boolean membersEnded = true;
    for (StepOutcome outcome : outcomes) {
      membersEnded &= outcome != null;
    }
    boolean guestsEnded = facts.guests().stream().allMatch(guest -> guest.outcome().isPresent());
    boolean failed = hasFailure();
    if (membersEnded && guestsEnded) {
      return failed ? Standing.FAILED : Standing.COMPLETED;
    }
    if (failed && rules.failFast()) {
      return Standing.STOPPING;
    }
    if (deadline().filter(end -> !facts.now().isBefore(end)).isPresent()) {
      return Standing.OVERDUE;
    }
    if (membersEnded && facts.guests().stream().noneMatch(MemberState::isOpen)) {
      return Standing.WAITS_FOR_GUESTS;
    }
    if (rules.suspended()) {
      return Standing.SUSPENDED;
    }
    return facts.startedAt().isPresent() ? Standing.RUNNING : Standing.PENDING;
  }

  private boolean hasFailure() {
    for (StepOutcome outcome : outcomes) {
      if (outcome == StepOutcome.FAILED) {
        return true;
      }
    }
    return facts.guests().contains(MemberState.FAILED);
  }

  private Optional<Instant> deadline() {
    return facts.startedAt().flatMap(start -> rules.activeDeadline().map(start::plus));
  }

  /** Returns whether nothing runs any more, or will, of what the batch can stop. */
  private boolean isSettled() {
    return facts.members().stream()
        .noneMatch(
            state ->
                state == MemberState.WAITING
                    || state == MemberState.RUNNING
                    || state == MemberState.INTERRUPTED);
  }

  private Tally tally(boolean stops) {
    int completed = 0;
    int failed = 0;
    int skipped = 0;
    int interrupted = 0;
    for (int step = 0; step < outcomes.length; step++) {
      MemberState state = facts.members().get(step);
      StepOutcome outcome = outcomes[step];
      if (outcome == StepOutcome.SUCCEEDED) {
        completed++;
      } else if (outcome == StepOutcome.FAILED) {
        failed++;
      } else if (outcome == StepOutcome.SKIPPED
          || (stops && (state == MemberState.ABSENT || state == MemberState.HELD))) {
        skipped++;
      } else if (isInterrupted(state)) {
        interrupted++;
      }
    }
    int missing = 0;
    for (MemberState guest : facts.guests()) {
      switch (guest) {
        case SUCCEEDED -> completed++;
        case FAILED, REFUSED -> failed++;
        case SKIPPED -> skipped++;
        case INTERRUPTED, STOPPED -> interrupted++;
        case ABSENT -> missing++;
        case WAITING, HELD, RUNNING -> {}
      }
    }
    int total = outcomes.length + facts.guests().size();
    return new Tally(total, completed, failed, skipped, interrupted, missing);
  }

  private static boolean isInterrupted(MemberState state) {
    return state == MemberState.INTERRUPTED || state == MemberState.STOPPED;
  }

  private ImmutableList<Making> make() {
    int room = (batch.isOneByOne() ? 1 : rules.maxParallelism().orElse(Integer.MAX_VALUE)) - open;
    ImmutableList.Builder<Making> make = ImmutableList.builder();
    for (int step = 0; step < outcomes.length && room > 0; step++) {
      if (ready[step]) {
        make.add(making(step));
        room--;
      }
    }
    return make.build();
  }

  /** Leaves out what was never made: who looks for it would not find it. */
  private Making making(int step) {
    List<String> dependsOn = new ArrayList<>();
    boolean allSucceeded = true;
    for (int dependency : batch.dependencies(step)) {
      if (facts.members().get(dependency).isMade()) {
        dependsOn.add(batch.steps().get(dependency).name());
        allSucceeded &= outcomes[dependency] == StepOutcome.SUCCEEDED;
      }
    }
    return new Making(
        step, ImmutableList.copyOf(dependsOn), allSucceeded ? RunIf.SUCCESS : RunIf.FAILURE);
  }

  private ImmutableList<Integer> all(MemberState... wanted) {
    ImmutableList.Builder<Integer> found = ImmutableList.builder();
    for (int step = 0; step < outcomes.length; step++) {
      for (MemberState state : wanted) {
        if (facts.members().get(step) == state) {
          found.add(step);
        }
      }
    }
    return found.build();
  }
}
