package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.RoundParticipantStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskStatus;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundBuilder;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.api.v1.TrainingRoundStatus;
import io.propeller.operator.internal.placement.Gang;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.task.Federation.Company;
import io.propeller.scheduler.model.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundGangTest {

  private final TrainingRound round =
      new TrainingRoundBuilder()
          .withNewMetadata()
          .withName("round-1")
          .withNamespace("lab")
          .withUid("round-uid")
          .endMetadata()
          .withNewSpec()
          .withParticipants("a", "b", "c")
          .withRequiredUpdates(2)
          .endSpec()
          .build();
  private final Map<String, Task> tasks = new HashMap<>();

  @Test
  void a_task_waits_for_the_others_while_they_are_being_made() {
    assertThat(of(task("a"))).isEqualTo(new Company.Awaited());
    status(TrainingRoundPhase.PENDING);
    assertThat(of(task("a"))).isEqualTo(new Company.Awaited());
  }

  @Test
  void all_that_wait_are_placed_together_and_as_many_as_the_round_needs_at_once() {
    Task task = task("a");
    task("b");
    task("c");
    status(TrainingRoundPhase.RUNNING);

    assertThat(of(task)).isEqualTo(together(2, "a", "b", "c"));
  }

  @Test
  void who_has_failed_is_suspended_or_is_deleted_is_not_waited_for() {
    Task task = task("a");
    task("b");
    Task other = task("c");
    status(TrainingRoundPhase.RUNNING);

    other.setStatus(new TaskStatus());
    other.getStatus().setPhase(TaskPhase.FAILED);
    assertThat(of(task)).isEqualTo(together(2, "a", "b"));
    other.setStatus(null);
    other.getSpec().setSuspend(true);
    assertThat(of(task)).isEqualTo(together(2, "a", "b"));
    other.getSpec().setSuspend(false);
    other.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertThat(of(task)).isEqualTo(together(2, "a", "b"));
  }

  @Test
  void fewer_than_the_round_needs_wait_for_more() {
    Task task = task("a");
    status(TrainingRoundPhase.RUNNING);

    assertThat(of(task)).isEqualTo(new Company.Awaited());
  }

  @Test
  void once_one_has_run_each_of_the_others_goes_alone() {
    Task task = task("a");
    task("b");
    Task done = task("c");
    status(TrainingRoundPhase.RUNNING);
    done.setStatus(new TaskStatus());
    done.getStatus().setAttempts(1);
    for (TaskPhase phase :
        List.of(TaskPhase.RUNNING, TaskPhase.PENDING, TaskPhase.FAILED, TaskPhase.COMPLETED)) {
      done.getStatus().setPhase(phase);
      assertThat(of(task)).as("%s", phase).isEqualTo(new Company.Alone());
    }
  }

  @Test
  void a_round_that_has_an_update_or_is_over_has_no_gang() {
    Task task = task("a");
    task("b");
    status(TrainingRoundPhase.RUNNING);
    round.getStatus().setUpdatesReceived(1);
    assertThat(of(task)).isEqualTo(new Company.Alone());
    status(TrainingRoundPhase.COMPLETED);
    assertThat(of(task)).isEqualTo(new Company.Alone());
  }

  @Test
  void a_round_that_needs_one_update_has_no_gang() {
    Task task = task("a");
    task("b");
    status(TrainingRoundPhase.RUNNING);
    round.getSpec().setRequiredUpdates(1);

    assertThat(of(task)).isEqualTo(new Company.Alone());
  }

  @Test
  void a_task_of_somebody_elses_is_not_of_the_gang() {
    Task task = task("a");
    task("b");
    task("c").getMetadata().setOwnerReferences(List.of());
    status(TrainingRoundPhase.RUNNING);

    assertThat(of(task)).isEqualTo(together(2, "a", "b"));
  }

  private Company of(Task task) {
    return RoundGang.of(
        task,
        round,
        (ResourceID id) ->
            id.getNamespace().equals(Optional.of("lab"))
                ? Optional.ofNullable(tasks.get(id.getName()))
                : Optional.empty());
  }

  private static Company together(int atLeast, String... names) {
    return new Company.Together(
        new Gang(
            "round-uid",
            Set.copyOf(List.of(names).stream().map(name -> TaskId.of("uid-" + name)).toList()),
            atLeast));
  }

  private void status(TrainingRoundPhase phase) {
    List<RoundParticipantStatus> participants = new ArrayList<>();
    for (Task task : tasks.values()) {
      RoundParticipantStatus participant = new RoundParticipantStatus();
      participant.setTaskRef(
          new ObjectReferenceBuilder().withName(task.getMetadata().getName()).build());
      participants.add(participant);
    }
    TrainingRoundStatus status = new TrainingRoundStatus();
    status.setPhase(phase);
    status.setParticipants(participants);
    round.setStatus(status);
  }

  private Task task(String proplet) {
    String name = "round-1-" + proplet;
    Task task =
        new TaskBuilder()
            .withMetadata(Ownership.metadata(round, name).withUid("uid-" + proplet).build())
            .withNewSpec()
            .endSpec()
            .build();
    tasks.put(name, task);
    return task;
  }
}
