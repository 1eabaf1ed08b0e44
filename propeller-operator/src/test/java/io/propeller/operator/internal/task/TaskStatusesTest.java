package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.TextNode;
import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskStatusesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorkerId EDGE = WorkerId.of("edge-1");

  @Test
  void what_is_recorded_is_what_the_lifecycle_reads() {
    Task created = new TaskBuilder().withNewMetadata().withGeneration(1L).endMetadata().build();
    assertThat(TaskMapping.run(created)).isEqualTo(new TaskRun.Waiting(0, 0));

    Task running = at(created).dispatched(EDGE, 1);
    assertThat(TaskMapping.run(running)).isEqualTo(new TaskRun.Dispatched(1, 0, EDGE, NOW));

    Task interrupted = at(running).interrupted("proplet edge-1 went offline");
    assertThat(TaskMapping.run(interrupted)).isEqualTo(new TaskRun.Interrupted(1, 1));

    Task again = at(interrupted).requeued();
    assertThat(TaskMapping.run(again)).isEqualTo(new TaskRun.Waiting(1, 1));

    Task done = at(at(again).dispatched(EDGE, 2)).completed(Optional.of(TextNode.valueOf("42")));
    assertThat(TaskMapping.run(done)).isEqualTo(new TaskRun.Finished(2, 1));
    assertThat(done.getStatus().getRunAttempts())
        .extracting(AttemptStatus::getNumber, AttemptStatus::getReason)
        .containsExactly(tuple(1, "PropletLost"), tuple(2, "Completed"));
  }

  @Test
  void every_step_is_a_legal_move() {
    Task created = new TaskBuilder().withNewMetadata().endMetadata().build();
    Task running = at(created).dispatched(EDGE, 1);
    Task interrupted = at(running).interrupted("gone");

    assertMove(created, running);
    assertMove(created, at(created).failed("InvalidSpec", "no module"));
    assertMove(created, at(created).completed(Optional.empty()));
    assertMove(running, at(running).completed(Optional.empty()));
    assertMove(running, at(running).failed("TaskError", "trap"));
    assertMove(running, interrupted);
    assertMove(interrupted, at(interrupted).requeued());
    assertMove(at(interrupted).requeued(), at(at(interrupted).requeued()).failed("Lost", "3"));
  }

  @Test
  void a_step_that_changes_nothing_leaves_the_status_as_it_is() {
    Task waiting =
        at(new TaskBuilder().withNewMetadata().endMetadata().build())
            .waiting("NoPropletFits", "0/1 proplets fit: 1 offline");

    Task later =
        TaskStatuses.of(waiting, NOW.plusSeconds(60))
            .waiting("NoPropletFits", "0/1 proplets fit: 1 offline");

    assertThat(later.getStatus()).isEqualTo(waiting.getStatus());
  }

  private static TaskStatuses at(Task task) {
    return TaskStatuses.of(task, NOW);
  }

  private static void assertMove(Task from, Task to) {
    TaskPhase next = to.phase();
    assertThat(from.phase().canBecome(next)).as("%s to %s", from.phase(), next).isTrue();
  }
}
