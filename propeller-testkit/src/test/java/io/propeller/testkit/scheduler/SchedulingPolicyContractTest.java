package io.propeller.testkit.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.policy.PolicyPart;
import io.propeller.scheduler.policy.SchedulingPolicy;
import io.propeller.scheduler.policy.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each law of the contract catches a policy that breaks it and no other. */
class SchedulingPolicyContractTest {

  static Stream<Arguments> brokenPolicies() {
    return Stream.of(
        Arguments.of(Throws.class, "it_never_throws"),
        Arguments.of(PicksAStranger.class, "it_picks_only_candidates"),
        Arguments.of(RefusesTheUrgent.class, "it_lets_no_task_wait_that_fits"),
        Arguments.of(GoesByIdentity.class, "equal_histories_give_equal_answers"),
        Arguments.of(GoesByOrdinal.class, "workers_that_fit_nothing_change_nothing"),
        Arguments.of(CountsItsQuestions.class, "a_judgement_does_not_depend_on_earlier_ones"),
        Arguments.of(ScoresInTens.class, "scores_are_from_0_to_1"));
  }

  @ParameterizedTest
  @MethodSource("brokenPolicies")
  void a_broken_policy_fails_exactly_one_law(
      Class<? extends SchedulingPolicyContract> broken, String law) {
    assertThat(failures(broken).map(event -> event.getTestDescriptor().getDisplayName()))
        .containsExactly(law.replace('_', ' '));
  }

  @Test
  void a_failure_shows_the_shortest_history_that_breaks_the_law() {
    Event failure = failures(RefusesTheUrgent.class).findFirst().orElseThrow();

    assertThat(
            failure
                .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable())
        .hasValueSatisfying(
            thrown -> assertThat(thrown).hasMessageContaining("it refused 1 workers that fit"));
  }

  private static Stream<Event> failures(Class<?> contract) {
    return EngineTestKit.engine("jqwik")
        .selectors(selectClass(contract))
        .execute()
        .testEvents()
        .failed()
        .stream();
  }

  static class Throws extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      return (SchedulingPolicy)
          (task, candidates) -> {
            if (task.priority() > 50) {
              throw new IllegalStateException("too urgent");
            }
            return candidates.get(0);
          };
    }
  }

  static class PicksAStranger extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      return (SchedulingPolicy) (task, candidates) -> new Stranger();
    }
  }

  static class RefusesTheUrgent extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      return (SchedulingPolicy)
          (task, candidates) -> task.priority() > 50 ? null : candidates.get(0);
    }
  }

  static class GoesByIdentity extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      return (SchedulingPolicy)
          (task, candidates) -> candidates.get(System.identityHashCode(task) % candidates.size());
    }
  }

  static class GoesByOrdinal extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      return (SchedulingPolicy)
          (task, candidates) -> {
            WorkerState last = candidates.get(candidates.size() - 1);
            return last.ordinal() % 2 == 0 ? last : candidates.get(0);
          };
    }
  }

  static class CountsItsQuestions extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      List<Object> asked = new ArrayList<>();
      return (Scorer)
          (task, worker) -> {
            asked.add(task);
            return asked.size() % 3 / 2.0;
          };
    }
  }

  static class ScoresInTens extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      return (Scorer) (task, worker) -> 10.0 + worker.runningTasks();
    }
  }

  /** A worker that no fleet has. */
  private record Stranger() implements WorkerState {
    @Override
    public Worker worker() {
      return Worker.builder().id(WorkerId.of("stranger")).build();
    }

    @Override
    public int ordinal() {
      return 0;
    }

    @Override
    public int runningTasks() {
      return 0;
    }

    @Override
    public Resources used() {
      return Resources.NONE;
    }

    @Override
    public double load() {
      return 0;
    }
  }
}
