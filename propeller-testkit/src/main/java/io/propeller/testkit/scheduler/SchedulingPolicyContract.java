package io.propeller.testkit.scheduler;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerPhase;
import io.propeller.scheduler.policy.PolicyPart;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The laws that every policy, filter and scorer must keep. To check one, extend this class in a
 * test, named as the build expects of tests, and return it from {@link #create()}; jqwik, which has
 * to be among the test's dependencies, runs each law on a hundred generated histories of a fleet.
 * What breaks a law is reported under the law's name, with the shortest history that breaks it and
 * the seed that generates it again.
 *
 * <pre>{@code
 * class CheapestFirstTest extends SchedulingPolicyContract {
 *   @Override
 *   protected PolicyPart create() {
 *     return new CheapestFirst();
 *   }
 * }
 * }</pre>
 */
public abstract class SchedulingPolicyContract {

  private static final int TRIES = 100;

  /** For subclasses. */
  protected SchedulingPolicyContract() {}

  /**
   * Returns a new policy, filter or scorer, as a provider would create it: always in the same
   * state.
   */
  protected abstract PolicyPart create();

  /**
   * Tells whether a whole policy may let a task wait that fits somewhere; false unless overridden.
   */
  protected boolean mayRefuse() {
    return false;
  }

  /** It answers every question, and throws nothing. */
  @Property(tries = TRIES)
  final void it_never_throws(@ForAll("histories") ImmutableList<FleetAction> history) {
    play(
        history,
        create(),
        (part, task, candidates) -> {
          if (part.ask(task, candidates) instanceof Answer.Threw threw) {
            throw new AssertionError(task + " made it throw", threw.cause());
          }
        });
  }

  /** A whole policy picks one of the workers that it was offered. */
  @Property(tries = TRIES)
  final void it_picks_only_candidates(@ForAll("histories") ImmutableList<FleetAction> history) {
    play(
        history,
        create(),
        (part, task, candidates) -> {
          if (part.ask(task, candidates) instanceof Answer.Picked picked
              && !candidates.contains(picked.worker())) {
            throw new AssertionError(
                "it picked worker %s, which does not fit %s".formatted(picked.worker().id(), task));
          }
        });
  }

  /**
   * A whole policy picks a worker whenever there is one, unless it is said that it {@linkplain
   * #mayRefuse() may not}.
   */
  @Property(tries = TRIES)
  final void it_lets_no_task_wait_that_fits(
      @ForAll("histories") ImmutableList<FleetAction> history) {
    play(
        history,
        create(),
        (part, task, candidates) -> {
          if (!mayRefuse() && part.ask(task, candidates) instanceof Answer.Refused) {
            throw new AssertionError(
                "it refused %d workers that fit %s".formatted(candidates.size(), task));
          }
        });
  }

  /**
   * The same history, told twice to two of its kind, ends in the same answers: no clock, no chance,
   * no identity.
   */
  @Property(tries = TRIES)
  final void equal_histories_give_equal_answers(
      @ForAll("histories") ImmutableList<FleetAction> history) {
    List<String> once = play(history, create(), (part, task, candidates) -> {});
    List<String> again = play(copied(history), create(), (part, task, candidates) -> {});
    if (!once.equals(again)) {
      throw new AssertionError("first it said %s, then %s".formatted(once, again));
    }
  }

  /**
   * Workers that no task can get do not change where tasks go, though they take places in the
   * fleet's order.
   */
  @Property(tries = TRIES)
  final void workers_that_fit_nothing_change_nothing(
      @ForAll("histories") ImmutableList<FleetAction> history) {
    List<String> without = play(history, create(), (part, task, candidates) -> {});
    Worker useless = Worker.builder().id(WorkerId.of("useless")).phase(WorkerPhase.OFFLINE).build();
    List<FleetAction> more =
        Lists.newArrayList(
            Lists.asList(new FleetAction.Put(useless), history.toArray(new FleetAction[0])));
    List<String> with = play(more, create(), (part, task, candidates) -> {});
    if (!without.equals(with)) {
      throw new AssertionError(
          "without a worker that is offline it said %s, with it %s".formatted(without, with));
    }
  }

  /** A filter or a scorer says of a worker what it says, whatever it was asked before. */
  @Property(tries = TRIES)
  final void a_judgement_does_not_depend_on_earlier_ones(
      @ForAll("histories") ImmutableList<FleetAction> history) {
    play(
        history,
        create(),
        (part, task, candidates) -> {
          if (part.ask(task, candidates) instanceof Answer.Judged first
              && part.ask(task, candidates) instanceof Answer.Judged second
              && !first.equals(second)) {
            throw new AssertionError("of %s it said %s, then %s".formatted(task, first, second));
          }
        });
  }

  /** A scorer's scores are numbers from 0 to 1. */
  @Property(tries = TRIES)
  final void scores_are_from_0_to_1(@ForAll("histories") ImmutableList<FleetAction> history) {
    play(
        history,
        create(),
        (part, task, candidates) -> {
          if (part.ask(task, candidates) instanceof Answer.Judged judged) {
            for (Object judgement : judged.perCandidate()) {
              if (judgement instanceof Double score && !(score >= 0 && score <= 1)) {
                throw new AssertionError("the score %s for %s".formatted(score, task));
              }
            }
          }
        });
  }

  /** Generates the histories that the laws are checked on. */
  @Provide
  final Arbitrary<ImmutableList<FleetAction>> histories() {
    return SchedulerArbitraries.interleavings();
  }

  private static List<String> play(
      List<FleetAction> history, PolicyPart part, PolicyRun.Observer observer) {
    return new PolicyRun(new Fleet(), part).play(history, observer);
  }

  /** Returns an equal history in which no task is the same object. */
  private static List<FleetAction> copied(List<FleetAction> history) {
    return history.stream()
        .map(
            action ->
                action instanceof FleetAction.Submit submit
                    ? new FleetAction.Submit(TaskRequest.builder().from(submit.task()).build())
                    : action)
        .toList();
  }
}
