package io.propeller.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.model.ProfileCondition;
import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Toleration;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvictionTest {

  @ParameterizedTest
  @EnumSource(Taint.Effect.class)
  void only_a_taint_without_execution_ends_what_does_not_tolerate_it(Taint.Effect effect) {
    Set<Taint> taints = Set.of(new Taint("gpu", "broken", effect));
    Requirements strict = request().build().requirements();
    Requirements tolerant =
        request().addTolerations(Toleration.exists("gpu")).build().requirements();

    assertThat(Eviction.byTaint(strict, WorkerId.of("edge-1"), taints).isPresent())
        .isEqualTo(effect == Taint.Effect.NO_EXECUTE);
    assertThat(Eviction.byTaint(tolerant, WorkerId.of("edge-1"), taints)).isEmpty();
  }

  @Test
  void one_condition_of_each_profile_must_be_true() {
    Requirements asks =
        request()
            .selector(
                Selector.builder()
                    .putProfiles("power", ImmutableSet.of("idle", "unknown"))
                    .putProfiles("net", ImmutableSet.of("up"))
                    .build())
            .build()
            .requirements();
    Worker.Builder idle = worker().addConditions(new ProfileCondition("power", "idle"));

    assertThat(Eviction.byProfile(asks, worker().build()))
        .contains("proplet edge-1 does not meet profile power");
    assertThat(Eviction.byProfile(asks, idle.build()))
        .contains("proplet edge-1 does not meet profile net");
    assertThat(
            Eviction.byProfile(asks, idle.addConditions(new ProfileCondition("net", "up")).build()))
        .isEmpty();
  }

  private static TaskRequest.Builder request() {
    return TaskRequest.builder().id(TaskId.of("t"));
  }

  private static Worker.Builder worker() {
    return Worker.builder().id(WorkerId.of("edge-1"));
  }
}
