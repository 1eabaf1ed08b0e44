package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.propeller.api.v1.AttemptStatusBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.ImmutableInvokeResult;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.StateMessage;
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
  private static final String CALLED = "0c3a1a67-6e0f-4a35-9a3c-3a3f3d1c9a10";

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

  @Test
  void what_came_of_a_call_counts_for_the_attempt_that_made_it() {
    Arrivals arrivals = called(call(UID, CALLED, "me"), call(UID, CALLED, "me"));

    assertThat(arrivals.outcome().orElseThrow().results().orElseThrow().textValue())
        .isEqualTo("42");
    assertThat(arrivals.refusals()).containsExactly(Refusal.REPEATED);
  }

  @Test
  void what_came_of_a_call_of_something_else_or_of_another_worker_is_foreign() {
    assertThat(called(call(UID, CALLED + "-2", "me"), call(UID, CALLED, "you")).refusals())
        .containsExactly(Refusal.FOREIGN, Refusal.FOREIGN);
  }

  @Test
  void a_result_is_none_of_a_call_and_what_came_of_a_call_is_none_of_a_task() {
    assertThat(called(Reply.of(delivery(result(UID, "me", "1")))).refusals())
        .containsExactly(Refusal.FOREIGN);
    assertThat(
            Arrivals.of(
                    task(TaskPhase.RUNNING),
                    List.of(call(UID, CALLED, "me")),
                    false,
                    ArrivalsTest::identity)
                .refusals())
        .containsExactly(Refusal.FOREIGN);
  }

  @Test
  void what_does_not_say_of_which_call_it_came_is_no_reply() {
    assertThat(Reply.ofCall(delivery(said(CALLED, "me").build()))).isEmpty();
    for (String strange : new String[] {"", "7", "a\nb", "x".repeat(1000)}) {
      assertThat(Reply.ofCall(delivery(said(CALLED, "me").invocationId(strange).build())))
          .as(strange)
          .isEmpty();
    }
  }

  @Test
  void a_call_that_ends_with_what_it_called_has_not_failed_and_may_have_succeeded() {
    Task caller = caller();
    Reply stopped =
        Reply.ofCall(delivery(said(CALLED, "me").invocationId(UID).error("was cancelled").build()))
            .orElseThrow();

    assertThat(Arrivals.of(caller, List.of(stopped), true, ArrivalsTest::identity).refusals())
        .containsExactly(Refusal.SUPERSEDED);
    assertThat(Arrivals.of(caller, List.of(stopped), false, ArrivalsTest::identity).accepted())
        .isNotEmpty();
    assertThat(
            Arrivals.of(caller, List.of(call(UID, CALLED, "me")), true, ArrivalsTest::identity)
                .accepted())
        .isNotEmpty();
  }

  @Test
  void a_latent_task_that_was_given_to_a_worker_takes_errors_alone() {
    Task latent = task(TaskPhase.RUNNING);
    latent.getSpec().setLatent(true);
    Condition started = new Condition();
    started.setType("Started");
    started.setStatus("True");
    latent.getStatus().setConditions(List.of(started));
    Result error = Result.builder().taskId(TaskId.of(UID)).error("no such export").build();

    Arrivals arrivals =
        Arrivals.of(
            latent,
            List.of(Reply.of(delivery(result(UID, "me", ""))), Reply.of(delivery(error))),
            false,
            ArrivalsTest::identity);

    assertThat(arrivals.refusals()).containsExactly(Refusal.REPEATED);
    assertThat(arrivals.outcome().orElseThrow().error()).contains("no such export");
  }

  private static Optional<PropletId> identity(String proplet) {
    return Optional.of(PropletId.of("me"));
  }

  private static Arrivals called(Reply... arrived) {
    return Arrivals.of(caller(), List.of(arrived), false, ArrivalsTest::identity);
  }

  private static Task caller() {
    Task caller = task(TaskPhase.RUNNING);
    caller.getStatus().getRunAttempts().get(0).setInvoked(CALLED);
    return caller;
  }

  private static Reply call(String caller, String called, String sender) {
    return Reply.ofCall(delivery(said(called, sender).invocationId(caller).build())).orElseThrow();
  }

  private static ImmutableInvokeResult.Builder said(String called, String sender) {
    return InvokeResult.builder()
        .taskId(TaskId.of(called))
        .propletId(PropletId.of(sender))
        .output(TaskOutput.text("42"));
  }

  private static Arrivals arrivals(TaskPhase phase, Result... arrived) {
    return Arrivals.of(
        task(phase),
        Stream.of(arrived).map(result -> Reply.of(delivery(result))).toList(),
        false,
        ArrivalsTest::identity);
  }

  private static Task task(TaskPhase phase) {
    return new TaskBuilder()
        .withNewMetadata()
        .withUid(UID)
        .endMetadata()
        .withNewSpec()
        .endSpec()
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

  private static <M extends StateMessage> Delivery<M> delivery(M message) {
    return new Delivery<>() {
      @Override
      public M message() {
        return message;
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
