package io.propeller.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyRegistryTest {

  private static final TaskRequest TASK = TaskRequest.builder().id(TaskId.of("t")).build();

  private final Fleet fleet = new Fleet();
  private final Fleet other = new Fleet();
  private final List<PolicyFailure> failures = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final PolicyEnvironment environment =
      PolicyEnvironment.builder().monitor(failures::add).nanos(nanos::get).build();

  @BeforeEach
  void twoWorkers() {
    for (String id : List.of("a", "b")) {
      Worker worker =
          Worker.builder().id(WorkerId.of(id)).capacity(Resources.of(4_000, 4_000)).build();
      fleet.put(worker);
      other.put(worker);
    }
    fleet.reserve(TaskId.of("busy"), WorkerId.of("a"), Resources.of(2_000, 0));
  }

  @Test
  void two_providers_of_one_name_are_refused_by_their_classes() {
    PolicyProvider clash = provider(Policies.SPREAD, (Scorer) (task, worker) -> 0);

    assertThatThrownBy(() -> PolicyRegistry.of(List.of(clash)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two providers are named spread")
        .hasMessageContaining(clash.getClass().getName());
  }

  @Test
  void a_name_that_there_is_not_is_refused_with_those_that_there_are() {
    assertThatThrownBy(() -> PolicyRegistry.builtIn().create("best", environment))
        .hasMessageStartingWith("there is no policy best, only: bin-pack, free, least-loaded");
  }

  @Test
  void each_policy_picks_what_its_name_says() {
    assertThat(pick(PolicyRegistry.builtIn(), Policies.LEAST_LOADED)).isEqualTo("b");
    assertThat(pick(PolicyRegistry.builtIn(), Policies.BIN_PACK)).isEqualTo("a");
    assertThat(pick(PolicyRegistry.builtIn(), Policies.ROUND_ROBIN)).isEqualTo("a");
    assertThat(pick(PolicyRegistry.builtIn(), Policies.LOAD)).isEqualTo("b");
    assertThat(pick(PolicyRegistry.builtIn(), Policies.FREE)).isEqualTo("a");
  }

  @Test
  void a_scorer_counts_by_its_weight() {
    PolicyRegistry registry =
        PolicyRegistry.of(
                List.of(
                    provider("likes-a", (Scorer) (t, w) -> w.id().value().equals("a") ? 0 : 0.3)))
            .with(PolicyDefinition.of("light").with(Policies.LOAD).with("likes-a").build())
            .with(
                PolicyDefinition.of("heavy")
                    .with(Policies.LOAD)
                    .with("likes-a", 2, java.util.Map.of())
                    .build());

    assertThat(pick(registry, "light")).isEqualTo("b");
    assertThat(pick(registry, "heavy")).isEqualTo("a");
  }

  @Test
  void a_filter_that_accepts_nobody_lets_the_task_wait() {
    assertThat(pick(with("nobody", (Filter) (task, worker) -> false), "nobody")).isNull();
  }

  @Test
  void a_policy_that_throws_loses_its_turn_and_is_reported() {
    PolicyRegistry hostile =
        with(
            "hostile",
            (SchedulingPolicy)
                (task, candidates) -> {
                  throw new StackOverflowError();
                });

    assertThat(pick(hostile, "hostile")).isEqualTo("a");
    assertThat(failures).singleElement().isInstanceOf(PolicyFailure.Threw.class);
  }

  @Test
  void a_policy_that_picks_another_fleets_worker_loses_its_turn() {
    WorkerState stranger = other.candidates(TASK.requirements()).get(1);
    PolicyRegistry hostile = with("hostile", (SchedulingPolicy) (task, candidates) -> stranger);

    assertThat(pick(hostile, "hostile")).isEqualTo("a");
    assertThat(failures).singleElement().isInstanceOf(PolicyFailure.OutOfRange.class);
  }

  @Test
  void a_policy_that_takes_too_long_loses_its_turn() {
    PolicyRegistry slow =
        with(
            "slow",
            (SchedulingPolicy)
                (task, candidates) -> {
                  nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                  return candidates.get(1);
                });

    assertThat(pick(slow, "slow")).isEqualTo("a");
    assertThat(failures)
        .containsExactly(new PolicyFailure.TooSlow("slow", TASK.id(), Duration.ofSeconds(1)));
  }

  @Test
  void a_scorer_out_of_range_loses_its_turn_and_the_others_decide() {
    PolicyRegistry registry =
        PolicyRegistry.of(List.of(provider("nan", (Scorer) (task, worker) -> Double.NaN)))
            .with(PolicyDefinition.of("mixed").with("nan").with(Policies.LOAD).build());

    assertThat(pick(registry, "mixed")).isEqualTo("b");
    assertThat(failures).singleElement().isInstanceOf(PolicyFailure.OutOfRange.class);
  }

  @Test
  void a_filter_that_throws_is_as_if_it_were_not_there() {
    PolicyRegistry registry =
        with(
            "hostile",
            (Filter)
                (task, worker) -> {
                  throw new IllegalStateException("no");
                });

    assertThat(pick(registry, "hostile")).isEqualTo("a");
    assertThat(failures).hasSize(2);
  }

  private String pick(PolicyRegistry registry, String name) {
    WorkerState picked =
        registry.create(name, environment).pick(TASK, fleet.candidates(TASK.requirements()));
    return picked == null ? null : picked.id().value();
  }

  private static PolicyRegistry with(String name, PolicyPart part) {
    return PolicyRegistry.of(List.of(provider(name, part)));
  }

  private static PolicyProvider provider(String name, PolicyPart part) {
    return new PolicyProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public PolicyPart create(PolicyContext context) {
        return part;
      }
    };
  }
}
