package io.propeller.operator.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobBuilder;
import io.propeller.api.v1.PropellerJobStatus;
import io.propeller.operator.internal.event.Happening;
import io.propeller.scheduler.batch.BatchDecision;
import io.propeller.scheduler.batch.Standing;
import io.propeller.scheduler.batch.Tally;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStatusesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Acceptance ACCEPTED = new Acceptance(true, "Accepted", "fine");

  @Test
  void more_that_completed_is_progress_and_no_transition() {
    PropellerJobStatus before = status(job(), Standing.RUNNING, new Tally(3, 1, 0, 0, 0, 0));
    PropellerJob job = job();
    job.setStatus(before);

    PropellerJobStatus after = status(job, Standing.RUNNING, new Tally(3, 2, 0, 0, 0, 0));

    assertThat(after).isNotEqualTo(before);
    assertThat(JobStatuses.isTransition(before, after)).isFalse();
    assertThat(JobStatuses.happening(before, after)).isEmpty();
  }

  @Test
  void the_end_is_a_transition_and_an_event() {
    PropellerJobStatus before = status(job(), Standing.RUNNING, new Tally(2, 1, 0, 0, 0, 0));

    PropellerJobStatus after = status(job(), Standing.FAILED, new Tally(2, 1, 1, 0, 0, 0));

    assertThat(JobStatuses.isTransition(before, after)).isTrue();
    assertThat(JobStatuses.happening(before, after))
        .contains(
            Happening.warning(
                "TasksFailed",
                "of 2 tasks 1 completed, 1 failed, 0 were interrupted and 0 never ran"));
    assertThat(after.getFinishTime()).isEqualTo(NOW);
  }

  @Test
  void a_missing_reference_is_an_event_too() {
    PropellerJobStatus before = status(job(), Standing.PENDING, new Tally(2, 0, 0, 0, 0, 0));
    PropellerJobStatus after =
        JobStatuses.of(
            job(),
            decision(Standing.PENDING, new Tally(2, 0, 0, 0, 0, 1)),
            new Acceptance(null, "TaskRefsMissing", "no a"),
            Optional.empty(),
            NOW);

    assertThat(JobStatuses.happening(before, after))
        .contains(Happening.warning("TaskRefsMissing", "no a"));
  }

  @Test
  void an_equal_status_is_no_write() {
    PropellerJob job = job();
    job.setStatus(status(job, Standing.RUNNING, new Tally(3, 1, 0, 0, 0, 0)));

    PropellerJobStatus again =
        JobStatuses.of(
            job,
            decision(Standing.RUNNING, new Tally(3, 1, 0, 0, 0, 0)),
            ACCEPTED,
            Optional.of(NOW),
            NOW.plusSeconds(60));

    assertThat(again).isEqualTo(job.getStatus());
  }

  @ParameterizedTest
  @EnumSource(Standing.class)
  void every_standing_is_a_legal_move_from_the_beginning(Standing standing) {
    JobPhase phase = status(job(), standing, new Tally(1, 0, 0, 0, 0, 0)).getPhase();

    assertThat(JobPhase.PENDING.canBecome(phase)).isTrue();
    assertThat(phase.isTerminal()).isEqualTo(standing.isOver());
  }

  private static PropellerJobStatus status(PropellerJob job, Standing standing, Tally tally) {
    return JobStatuses.of(job, decision(standing, tally), ACCEPTED, Optional.of(NOW), NOW);
  }

  private static BatchDecision decision(Standing standing, Tally tally) {
    return new BatchDecision(
        standing,
        tally,
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        Optional.empty());
  }

  private static PropellerJob job() {
    return new PropellerJobBuilder()
        .withNewMetadata()
        .withName("nightly")
        .withGeneration(1L)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }
}
