package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.TextNode;
import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import io.propeller.scheduler.lifecycle.Decision.Obstacle;
import io.propeller.scheduler.lifecycle.RunTally;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskStatusesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorkerId EDGE = WorkerId.of("edge-1");

  @Test
  void what_is_recorded_is_what_the_lifecycle_reads() {
    Task created = created();
    assertThat(TaskRuns.of(created))
        .isEqualTo(new TaskRun.Waiting(RunTally.NONE, Optional.empty(), Optional.empty()));

    Task running = after(created, dispatch(1));
    assertThat(TaskRuns.of(running))
        .isEqualTo(new TaskRun.Dispatched(tally(1, 0, 0), EDGE, NOW, Optional.empty()));

    Task interrupted = after(running, LOST);
    assertThat(TaskRuns.of(interrupted))
        .isEqualTo(new TaskRun.Interrupted(tally(1, 0, 1), Interruption.WORKER_LOST));

    Task again = after(interrupted, new Decision.Requeue(false));
    assertThat(TaskRuns.of(again))
        .isEqualTo(new TaskRun.Waiting(tally(1, 0, 1), Optional.empty(), Optional.empty()));

    Task done = complete(after(again, dispatch(2)), "42");
    assertThat(TaskRuns.of(done))
        .isEqualTo(new TaskRun.Finished(tally(2, 0, 1), NOW, Optional.empty()));
    assertThat(done.getStatus().getRunAttempts())
        .extracting(AttemptStatus::getNumber, AttemptStatus::getReason)
        .containsExactly(tuple(1, "PropletLost"), tuple(2, "Completed"));
  }

  @Test
  void an_attempt_that_failed_is_forgotten_with_the_next_one() {
    Task failed = after(after(created(), dispatch(1)), new Decision.Retry("trap"));
    assertThat(TaskRuns.of(failed)).isEqualTo(new TaskRun.Failed(tally(1, 1, 0)));

    Task waiting = after(failed, new Decision.Requeue(false));
    assertThat(TaskRuns.of(waiting))
        .isEqualTo(new TaskRun.Waiting(tally(1, 1, 0), Optional.of(NOW), Optional.empty()));

    assertThat(after(waiting, dispatch(2)).getStatus().getRunAttempts())
        .extracting(AttemptStatus::getNumber)
        .containsExactly(2);
  }

  @Test
  void a_new_run_begins_with_nothing_but_the_number_of_attempts() {
    Task done = complete(after(created(), dispatch(1)), "42");

    Task anew = after(done, new Decision.Requeue(true));

    assertThat(TaskRuns.of(anew))
        .isEqualTo(
            new TaskRun.Waiting(
                new RunTally(1, 0, 0, Optional.empty()), Optional.empty(), Optional.empty()));
    assertThat(anew.getStatus().getResults().textValue()).isEqualTo("42");
  }

  @Test
  void what_was_skipped_is_over_for_good_also_where_it_recurs() {
    Task planned = after(created(), new Decision.Plan(NOW.plusSeconds(60)));

    assertThat(TaskRuns.of(after(planned, new Decision.Skip("not needed"))))
        .isEqualTo(new TaskRun.Finished(RunTally.NONE, NOW, Optional.empty()));
  }

  @Test
  void every_step_is_a_legal_move() {
    Task created = created();
    Task running = after(created, dispatch(1));
    Task interrupted = after(running, LOST);
    Task waiting = after(interrupted, new Decision.Requeue(false));
    Task failed = after(running, new Decision.Retry("trap"));
    Decision fail = new Decision.Fail(Failure.TASK_ERROR, "trap");

    assertMove(created, running);
    assertMove(created, after(created, fail));
    assertMove(created, complete(created, "42"));
    assertMove(running, complete(running, "42"));
    assertMove(running, after(running, fail));
    assertMove(running, interrupted);
    assertMove(running, failed);
    assertMove(failed, after(failed, new Decision.Requeue(false)));
    assertMove(interrupted, waiting);
    assertMove(waiting, after(waiting, fail));
    assertMove(complete(running, "42"), after(complete(running, "42"), new Decision.Requeue(true)));
  }

  @Test
  void a_step_that_changes_nothing_leaves_the_status_as_it_is() {
    Decision held = new Decision.Hold(Obstacle.SUSPENDED, "suspended", Optional.empty());
    Task waiting = after(created(), held);

    Task later =
        TaskStatuses.of(waiting, NOW.plusSeconds(60)).after(held, Optional.empty(), Map.of());

    assertThat(later.getStatus()).isEqualTo(waiting.getStatus());
  }

  private static final Decision LOST =
      new Decision.Interrupt(Interruption.WORKER_LOST, "proplet edge-1 went offline");

  private static Task created() {
    return new TaskBuilder().withNewMetadata().withGeneration(1L).endMetadata().build();
  }

  private static Decision dispatch(int attempt) {
    return new Decision.Dispatch(EDGE, attempt, Optional.empty());
  }

  private static RunTally tally(int attempts, int failures, int lost) {
    return new RunTally(attempts, failures, lost, Optional.of(NOW));
  }

  private static Task after(Task task, Decision decision) {
    return TaskStatuses.of(task, NOW).after(decision, Optional.empty(), Map.of());
  }

  private static Task complete(Task task, String result) {
    return TaskStatuses.of(task, NOW)
        .after(
            new Decision.Complete(),
            Optional.of(new TaskOutcome(Optional.of(TextNode.valueOf(result)), Optional.empty())),
            Map.of());
  }

  private static void assertMove(Task from, Task to) {
    TaskPhase next = to.phase();
    assertThat(from.phase().canBecome(next)).as("%s to %s", from.phase(), next).isTrue();
  }
}
