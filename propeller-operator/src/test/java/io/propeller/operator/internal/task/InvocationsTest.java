package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvocationsTest {

  private static final String UID = "b64502f0-25bc-4926-8fbc-ad508f75d96c";
  private static final AttemptId CALLED = new AttemptId("0c3a1a67-6e0f-4a35-9a3c-3a3f3d1c9a10", 3);
  private static final Target EDGE = Target.proplet(PropletId.of("edge"));

  @Test
  void a_call_names_the_attempt_that_is_called_and_the_one_that_calls() {
    Invoke invoke =
        Invocations.invoke(
            dispatched(caller()), new AttemptId(UID, 1), EDGE, Map.of("FIRST_RESULT", "1"));

    assertThat(invoke)
        .isEqualTo(
            Invoke.builder()
                .id(TaskId.of(CALLED.wire()))
                .invocationId(UID)
                .target(EDGE)
                .addInputs("10", "32")
                .putEnv("LEVEL", "high")
                .putEnv("FIRST_RESULT", "1")
                .putEnv("PROPLET_ID", "edge")
                .putEnv("TASK_ID", UID)
                .build());
  }

  @Test
  void a_dispatch_records_what_it_calls() {
    assertThat(dispatched(caller()).getStatus().getRunAttempts())
        .extracting(AttemptStatus::getInvoked)
        .containsExactly(CALLED.wire());
    assertThat(Callees.called(dispatched(caller()))).contains(CALLED);
  }

  @Test
  void without_that_record_nothing_is_called() {
    Task unknown = dispatched(caller());
    unknown.getStatus().getRunAttempts().get(0).setInvoked(null);

    assertThatThrownBy(() -> Invocations.invoke(unknown, new AttemptId(UID, 1), EDGE, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("status.runAttempts")
        .hasMessageContaining("adder");
  }

  @Test
  void a_latent_task_that_was_given_to_a_worker_says_no_more_than_that() {
    Task latent =
        new TaskBuilder(caller()).editSpec().withInvokes(null).withLatent(true).endSpec().build();

    Task given =
        TaskStatuses.of(latent, Instant.EPOCH).after(dispatch(), Optional.empty(), Map.of());

    assertThat(given.phase()).isEqualTo(TaskPhase.RUNNING);
    assertThat(given.getStatus().getConditions())
        .filteredOn(condition -> condition.getType().equals("Started"))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.getStatus()).isEqualTo("True");
              assertThat(condition.getReason()).isEqualTo("ToldToLoad");
            });
  }

  private static Task dispatched(Task caller) {
    return TaskStatuses.of(caller, Instant.EPOCH, Optional.of(CALLED))
        .after(dispatch(), Optional.empty(), Map.of());
  }

  private static Decision dispatch() {
    return new Decision.Dispatch(WorkerId.of("edge-1"), 1, Optional.empty());
  }

  private static Task caller() {
    return new TaskBuilder()
        .withNewMetadata()
        .withName("sum")
        .withNamespace("lab")
        .withUid(UID)
        .withGeneration(1L)
        .endMetadata()
        .withNewSpec()
        .withInvokes("adder")
        .withInputs("10", "32")
        .withEnv(Map.of("LEVEL", "high"))
        .endSpec()
        .build();
  }
}
