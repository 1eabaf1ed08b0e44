package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.AttemptStatusBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Subtopic;
import io.propeller.mqtt.topic.Topic;
import io.propeller.operator.internal.task.ResultAdmission.Refusal;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrivalsTest {

  private static final String UID = "b64502f0-25bc-4926-8fbc-ad508f75d96c";

  @Test
  void the_first_result_of_the_attempt_counts_and_the_next_does_not() {
    Arrivals arrivals = arrivals(TaskPhase.RUNNING, result(UID, "me", "1"), result(UID, "me", "2"));

    assertThat(arrivals.outcome().orElseThrow().results().orElseThrow().textValue()).isEqualTo("1");
    assertThat(arrivals.refusals()).containsExactly(Refusal.REPEATED);
  }

  @Test
  void a_result_counts_without_a_sender_and_not_with_a_foreign_one() {
    assertThat(arrivals(TaskPhase.RUNNING, result(UID, null, "1")).accepted()).isNotEmpty();
    assertThat(arrivals(TaskPhase.RUNNING, result(UID, "you", "1")).refusals())
        .containsExactly(Refusal.FOREIGN);
  }

  @Test
  void a_result_of_an_attempt_that_was_never_made_is_stale() {
    assertThat(arrivals(TaskPhase.RUNNING, result(UID + "-2", "me", "1")).refusals())
        .containsExactly(Refusal.STALE);
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskPhase.class,
      names = {"COMPLETED", "FAILED", "SKIPPED"})
  void a_task_that_has_its_outcome_takes_no_other(TaskPhase phase) {
    assertThat(arrivals(phase, result(UID, "me", "1")).refusals())
        .containsExactly(Refusal.REPEATED);
  }

  @Test
  void a_result_is_not_forgotten_before_a_decision_that_records_it() {
    Arrivals arrivals = arrivals(TaskPhase.INTERRUPTED, result(UID, "me", "1"));

    assertThat(arrivals.recordedBy(new Decision.Requeue(false))).isEmpty();
    assertThat(arrivals.recordedBy(new Decision.Interrupt(Interruption.WORKER_LOST, "lost")))
        .isEmpty();
    assertThat(arrivals.recordedBy(new Decision.Complete()))
        .containsExactlyElementsOf(arrivals.accepted().values());
  }

  private static Arrivals arrivals(TaskPhase phase, Result... arrived) {
    return Arrivals.of(
        task(phase),
        Stream.of(arrived).map(ArrivalsTest::delivery).toList(),
        name -> Optional.of(PropletId.of("me")));
  }

  private static Task task(TaskPhase phase) {
    return new TaskBuilder()
        .withNewMetadata()
        .withUid(UID)
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .withAttempts(1)
        .withRunAttempts(new AttemptStatusBuilder().withNumber(1).withProplet("edge-1").build())
        .endStatus()
        .build();
  }

  private static Result result(String task, String sender, String text) {
    return Result.builder()
        .taskId(TaskId.of(task))
        .propletId(Stream.ofNullable(sender).map(PropletId::of).findFirst())
        .output(TaskOutput.text(text))
        .build();
  }

  private static Delivery<Result> delivery(Result result) {
    return new Delivery<>() {
      @Override
      public Result message() {
        return result;
      }

      @Override
      public Topic topic() {
        return Channel.of("d", "c").topic(Subtopic.RESULT);
      }

      @Override
      public List<String> levels() {
        return List.of();
      }

      @Override
      public Instant receivedAt() {
        return Instant.EPOCH;
      }

      @Override
      public boolean repeated() {
        return false;
      }

      @Override
      public void acknowledge() {}

      @Override
      public void close() {}
    };
  }
}
