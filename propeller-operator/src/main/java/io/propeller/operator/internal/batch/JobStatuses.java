package io.propeller.operator.internal.batch;

import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobStatus;
import io.propeller.api.v1.PropellerJobStatusBuilder;
import io.propeller.operator.internal.event.ConditionNews;
import io.propeller.operator.internal.event.Happening;
import io.propeller.operator.internal.status.Conditions;
import io.propeller.scheduler.batch.BatchDecision;
import io.propeller.scheduler.batch.Standing;
import io.propeller.scheduler.batch.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a job, as what is known of it says. */
final class JobStatuses {

  static final String ACCEPTED = "Accepted";
  static final String COMPLETED = "Completed";

  private JobStatuses() {}

  /** Returns the status of a job that can never run as it is. */
  static PropellerJobStatus refused(PropellerJob job, JobPlan.Refused refused, Instant now) {
    PropellerJobStatus status = begin(job, now);
    int tasks = job.getSpec().getTasks().size() + job.getSpec().getTaskRefs().size();
    status.setTaskCount(tasks);
    status.setConditions(
        Conditions.of(job, status.getConditions(), now)
            .set(ACCEPTED, false, refused.reason(), refused.message())
            .set(COMPLETED, false, refused.reason(), refused.message())
            .list());
    status.setPhase(JobPhase.FAILED);
    status.setFinishTime(now);
    return dated(job, status, now);
  }

  /** Returns the status of a job of which a decision was made. */
  static PropellerJobStatus of(
      PropellerJob job,
      BatchDecision decision,
      Acceptance acceptance,
      Optional<Instant> startedAt,
      Instant now) {
    PropellerJobStatus status = begin(job, now);
    Tally tally = decision.tally();
    status.setTaskCount(tally.total());
    status.setCompletedCount(tally.completed());
    status.setFailedCount(tally.failed());
    status.setSkippedCount(tally.skipped());
    status.setInterruptedCount(tally.interrupted());
    status.setStartTime(startedAt.orElse(null));
    status.setConditions(
        Conditions.of(job, status.getConditions(), now)
            .set(ACCEPTED, acceptance.status(), acceptance.reason(), acceptance.message())
            .set(
                COMPLETED,
                decision.standing() == Standing.COMPLETED,
                reason(decision.standing()),
                message(decision.standing(), tally))
            .list());
    status.setPhase(phase(decision.standing(), startedAt.isPresent()));
    if (decision.standing().isOver()) {
      status.setFinishTime(now);
    }
    return dated(job, status, now);
  }

  /** Returns whether a status says something new besides how many tasks are how far. */
  static boolean isTransition(@Nullable PropellerJobStatus before, PropellerJobStatus after) {
    return before == null
        || before.getPhase() != after.getPhase()
        || before.getTaskCount() != after.getTaskCount()
        || !Objects.equals(before.getObservedGeneration(), after.getObservedGeneration())
        || !reasons(before).equals(reasons(after));
  }

  /** Returns what a change of the status tells those who look after the job, if anything. */
  static Optional<Happening> happening(
      @Nullable PropellerJobStatus before, PropellerJobStatus after) {
    return ConditionNews.between(
        before == null ? List.of() : before.getConditions(),
        after.getConditions(),
        after.getPhase() == JobPhase.FAILED);
  }

  private static List<String> reasons(PropellerJobStatus status) {
    return status.getConditions().stream()
        .map(one -> one.getType() + one.getStatus() + one.getReason())
        .toList();
  }

  private static JobPhase phase(Standing standing, boolean started) {
    return switch (standing) {
      case COMPLETED -> JobPhase.COMPLETED;
      case FAILED, DEADLINE_EXCEEDED -> JobPhase.FAILED;
      case PENDING, RUNNING, SUSPENDED, WAITS_FOR_GUESTS, STOPPING, OVERDUE ->
          started ? JobPhase.RUNNING : JobPhase.PENDING;
    };
  }

  private static String reason(Standing standing) {
    return switch (standing) {
      case PENDING -> "Pending";
      case RUNNING -> "Running";
      case SUSPENDED -> "Suspended";
      case WAITS_FOR_GUESTS -> "WaitsForTaskRefs";
      case STOPPING, OVERDUE -> "Stopping";
      case COMPLETED -> "Completed";
      case FAILED -> "TasksFailed";
      case DEADLINE_EXCEEDED -> "DeadlineExceeded";
    };
  }

  private static String message(Standing standing, Tally tally) {
    return switch (standing) {
      case PENDING -> "none of its tasks has started";
      case RUNNING -> "its tasks run";
      case SUSPENDED -> "spec.suspend holds back what has not started";
      case WAITS_FOR_GUESTS -> "waits for the Tasks of spec.taskRefs that are not there";
      case STOPPING -> "a task failed, and the rest is being stopped";
      case OVERDUE -> "spec.activeDeadlineSeconds have passed, and it is being stopped";
      case COMPLETED -> "all tasks are over: " + counts(tally);
      case FAILED -> counts(tally);
      case DEADLINE_EXCEEDED -> "it took longer than spec.activeDeadlineSeconds: " + counts(tally);
    };
  }

  private static String counts(Tally tally) {
    return "of %d tasks %d completed, %d failed, %d were interrupted and %d never ran"
        .formatted(
            tally.total(), tally.completed(), tally.failed(), tally.interrupted(), tally.skipped());
  }

  private static PropellerJobStatus begin(PropellerJob job, Instant now) {
    PropellerJobStatus status =
        job.getStatus() == null
            ? new PropellerJobStatus()
            : new PropellerJobStatusBuilder(job.getStatus()).build();
    if (status.getCreatedAt() == null) {
      status.setCreatedAt(now);
    }
    status.setObservedGeneration(job.getMetadata().getGeneration());
    return status;
  }

  private static PropellerJobStatus dated(
      PropellerJob job, PropellerJobStatus status, Instant now) {
    if (!Objects.equals(status, job.getStatus())) {
      status.setUpdatedAt(now);
    }
    return status;
  }
}
