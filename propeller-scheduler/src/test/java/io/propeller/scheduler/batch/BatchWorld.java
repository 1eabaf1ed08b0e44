package io.propeller.scheduler.batch;

import io.propeller.scheduler.workflow.RunIf;
import io.propeller.scheduler.workflow.Step;
import io.propeller.scheduler.workflow.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A batch whose tasks do what a seed says, and somebody who carries decisions out, in part. */
final class BatchWorld {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MOST_STEPS = 2_000;

  private final Batch batch;
  private final BatchRules rules;
  private final Set<String> failing;
  private final Random random;
  private final MemberState[] states;
  private Instant now = START;
  private Optional<Instant> startedAt = Optional.empty();
  private BatchDecision last;
  int mostOpen;
  boolean outOfOrder;
  boolean startedAfterStop;

  BatchWorld(Batch batch, BatchRules rules, Set<String> failing, long seed) {
    this.batch = batch;
    this.rules = rules;
    this.failing = failing;
    this.random = new Random(seed);
    this.states = new MemberState[batch.size()];
    Arrays.fill(states, MemberState.ABSENT);
    this.last = decide(rules);
  }

  /** Lets the batch run to its end, at each step of which its keeper may be killed. */
  BatchWorld run() {
    for (int i = 0; i < MOST_STEPS && !last.standing().isOver(); i++) {
      last = decide(rules);
      carryOut(last);
      happen();
      now = now.plus(Duration.ofSeconds(1));
    }
    last = decide(rules);
    return this;
  }

  /** Lets some time pass in which the batch is held back. */
  BatchWorld holdBack() {
    BatchRules suspended = BatchRules.builder().from(rules).suspended(true).build();
    Set<Integer> running = numbers(MemberState.RUNNING, MemberState.INTERRUPTED);
    while (!decide(suspended).hold().isEmpty()) {
      carryOut(decide(suspended));
    }
    for (int i = 0; i < 50; i++) {
      carryOut(decide(suspended));
      happen();
    }
    for (int step : numbers(MemberState.RUNNING)) {
      startedAfterStop |= !running.contains(step);
    }
    return this;
  }

  BatchWorld someSteps(int count) {
    for (int i = 0; i < count; i++) {
      carryOut(decide(rules));
      happen();
    }
    return this;
  }

  private Set<Integer> numbers(MemberState... wanted) {
    return Set.copyOf(
        IntStream.range(0, states.length)
            .filter(i -> Arrays.asList(wanted).contains(states[i]))
            .boxed()
            .toList());
  }

  BatchDecision last() {
    return last;
  }

  /** How each task ended for which one was made. */
  Map<String, StepOutcome> outcomes() {
    Map<String, StepOutcome> outcomes = new TreeMap<>();
    for (int i = 0; i < states.length; i++) {
      String name = batch.steps().get(i).name();
      states[i].outcome().ifPresent(outcome -> outcomes.put(name, outcome));
    }
    return outcomes;
  }

  List<MemberState> states() {
    return List.of(states);
  }

  BatchDecision decide(BatchRules by) {
    return BatchLifecycle.decide(
        batch, by, BatchFacts.of(List.of(states), List.of(), startedAt, now));
  }

  /** Does a part of what was decided, as one does who is killed in the middle. */
  private void carryOut(BatchDecision decision) {
    for (Making making : decision.make()) {
      if (random.nextInt(4) > 0) {
        make(making);
      }
    }
    decision.hold().stream().filter(i -> random.nextBoolean()).forEach(this::hold);
    decision.release().stream().filter(i -> random.nextBoolean()).forEach(this::release);
    mostOpen = Math.max(mostOpen, (int) Arrays.stream(states).filter(MemberState::isOpen).count());
  }

  private void make(Making making) {
    int step = making.step();
    for (int i = 0; batch.isOneByOne() && i < states.length; i++) {
      outOfOrder |= i < step ? states[i].isOpen() : i > step && states[i].isMade();
    }
    startedAfterStop |= decide(rules).standing() == Standing.STOPPING;
    // What its Task finds by itself: all that it depends on is there, has ended, and lets it run.
    List<StepOutcome> dependencies = new ArrayList<>();
    for (String name : making.dependsOn()) {
      dependencies.add(states[number(name)].outcome().orElseThrow());
    }
    boolean good = dependencies.stream().allMatch(StepOutcome.SUCCEEDED::equals);
    states[step] =
        good == (making.runIf() == RunIf.SUCCESS) ? MemberState.WAITING : MemberState.SKIPPED;
  }

  private int number(String name) {
    return batch.steps().stream().map(Step::name).toList().indexOf(name);
  }

  private void hold(int step) {
    states[step] = states[step] == MemberState.WAITING ? MemberState.HELD : MemberState.STOPPED;
  }

  private void release(int step) {
    states[step] = MemberState.WAITING;
  }

  private void happen() {
    for (int step = 0; step < states.length; step++) {
      int dice = random.nextInt(5);
      switch (states[step]) {
        case WAITING -> {
          if (dice < 2) {
            states[step] = MemberState.RUNNING;
            startedAt = startedAt.or(() -> Optional.of(now));
          }
        }
        case RUNNING -> {
          if (dice == 0) {
            states[step] = MemberState.INTERRUPTED;
          } else if (dice < 3) {
            states[step] =
                failing.contains(batch.steps().get(step).name())
                    ? MemberState.FAILED
                    : MemberState.SUCCEEDED;
          }
        }
        case INTERRUPTED -> {
          if (dice < 3) {
            states[step] = MemberState.RUNNING;
          }
        }
        default -> {}
      }
    }
  }
}
