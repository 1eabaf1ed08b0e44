package io.propeller.operator.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.scheduler.batch.MemberState;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberStatesTest {

  @ParameterizedTest
  @CsvSource({
    "PENDING, false, WAITING",
    "PENDING, true, HELD",
    "SCHEDULED, false, RUNNING",
    "RUNNING, true, RUNNING",
    "INTERRUPTED, false, INTERRUPTED",
    "INTERRUPTED, true, STOPPED",
    "COMPLETED, true, SUCCEEDED",
    "SKIPPED, false, SKIPPED",
    "FAILED, false, RUNNING"
  })
  void a_phase_is_a_state(TaskPhase phase, boolean held, MemberState state) {
    assertThat(MemberStates.of(task(phase, held))).isEqualTo(state);
  }

  @Test
  void one_that_is_not_to_be_tried_again_has_failed() {
    Task failed = task(TaskPhase.FAILED, false);
    failed.getStatus().setFinishedAt(Instant.EPOCH);

    assertThat(MemberStates.of(failed)).isEqualTo(MemberState.FAILED);
  }

  @Test
  void one_that_recurs_has_done_its_part_with_its_first_run() {
    Task again = task(TaskPhase.PENDING, false);
    again.getSpec().setRecurring(true);
    assertThat(MemberStates.of(again)).isEqualTo(MemberState.WAITING);

    again.getStatus().setRuns(1);
    assertThat(MemberStates.of(again)).isEqualTo(MemberState.SUCCEEDED);
    again.getStatus().setError("trap");
    assertThat(MemberStates.of(again)).isEqualTo(MemberState.FAILED);
  }

  @Test
  void one_that_is_being_deleted_may_still_run() {
    Task leaving = task(TaskPhase.COMPLETED, false);
    leaving.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

    assertThat(MemberStates.of(leaving)).isEqualTo(MemberState.RUNNING);
  }

  private static Task task(TaskPhase phase, boolean held) {
    return new TaskBuilder()
        .withNewMetadata()
        .withName("a")
        .withAnnotations(held ? Map.of(ChildTask.HELD, "true") : Map.of())
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }
}
