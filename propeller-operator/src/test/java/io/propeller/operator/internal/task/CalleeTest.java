package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.AttemptStatusBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.operator.internal.task.Callee.Delivery;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalleeTest {

  private static final String UID = "0c3a1a67-6e0f-4a35-9a3c-3a3f3d1c9a10";

  @Test
  void one_that_was_told_and_is_there_can_be_called_by_its_present_attempt() {
    Callee callee = Callee.of(task(TaskPhase.RUNNING), Delivery.THERE);

    assertThat(callee.obstacle()).isEmpty();
    assertThat(callee.attempt()).contains(new AttemptId(UID, 3));
    assertThat(callee.worker()).contains(WorkerId.of("edge-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNSENT | task adder does not run yet",
        "AWAY | proplet edge-1, which has task adder, is not there"
      })
  void one_that_was_not_told_or_is_away_is_where_it_is_and_cannot_be_called(
      Delivery delivery, String obstacle) {
    Callee callee = Callee.of(task(TaskPhase.RUNNING), delivery);

    assertThat(callee.obstacle()).contains(obstacle);
    assertThat(callee.attempt()).contains(new AttemptId(UID, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PENDING | task adder does not run yet",
        "INTERRUPTED | task adder does not run: it is interrupted",
        "FAILED | task adder does not run: it is failed",
      })
  void one_without_an_attempt_is_nowhere(TaskPhase phase, String obstacle) {
    assertThat(Callee.of(task(phase), Delivery.THERE)).isEqualTo(Callee.nowhere(obstacle));
  }

  @Test
  void one_that_is_not_latent_or_is_being_deleted_cannot_be_called_though_it_runs() {
    Task plain = task(TaskPhase.RUNNING);
    plain.getSpec().setLatent(false);
    Task leaving = task(TaskPhase.RUNNING);
    leaving.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

    assertThat(Callee.of(plain, Delivery.THERE))
        .isEqualTo(
            Callee.nowhere(
                "task adder cannot be called: its spec.latent is false, and has to be true"));
    assertThat(Callee.of(leaving, Delivery.THERE))
        .isEqualTo(Callee.nowhere("task adder is being deleted"));
  }

  private static Task task(TaskPhase phase) {
    return new TaskBuilder()
        .withNewMetadata()
        .withName("adder")
        .withUid(UID)
        .endMetadata()
        .withNewSpec()
        .withLatent(true)
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .withAttempts(3)
        .withAssignedProplet("edge-1")
        .withRunAttempts(
            new AttemptStatusBuilder()
                .withNumber(3)
                .withProplet("edge-1")
                .withScheduledAt(Instant.EPOCH)
                .build())
        .endStatus()
        .build();
  }
}
