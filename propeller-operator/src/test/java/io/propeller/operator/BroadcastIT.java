package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tasks that go to every proplet that matches. */
class BroadcastIT extends OperatorRig {

  @Test
  void a_broadcast_is_one_start_for_all_and_completes_when_every_match_has_answered() {
    try (ScriptedProplet one = proplet("edge-1", "gpio");
        ScriptedProplet two = proplet("edge-2", "gpio");
        ScriptedProplet other = proplet("edge-3")) {
      create("all", TO_GPIO);

      Start start = one.nextStart();
      assertThat(start.target()).isEqualTo(Target.broadcast());
      assertThat(start.env()).doesNotContainKey("PROPLET_ID");
      assertThat(two.nextStart().id()).isEqualTo(start.id());
      assertThat(await("all", TaskPhase.RUNNING).getStatus().getTargets())
          .containsExactly("edge-1", "edge-2");

      one.answer(start.id(), "1");
      other.answer(other.nextStart().id(), "3");
      one.answer(start.id(), "again");
      Task half = await("all", task -> results(task).has("edge-1"));
      assertThat(half.phase()).isEqualTo(TaskPhase.RUNNING);
      two.answer(start.id(), "2");

      Task done = await("all", TaskPhase.COMPLETED);
      assertThat(results(done).toString()).isEqualTo("{\"edge-1\":\"1\",\"edge-2\":\"2\"}");
      assertThat(one.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_proplet_that_has_gone_is_not_waited_for() {
    try (ScriptedProplet one = proplet("edge-1", "gpio");
        ScriptedProplet two = proplet("edge-2", "gpio")) {
      create("all", TO_GPIO.andThen(spec -> spec.withDisconnectGraceSeconds(0)));
      Start start = one.nextStart();
      two.nextStart();

      two.leave();
      one.answer(start.id(), "1");

      Task done = await("all", TaskPhase.COMPLETED);
      assertThat(results(done).get("edge-2").get("error").textValue())
          .isEqualTo("proplet edge-2 went offline");
      assertThat(done.getStatus().getError())
          .isEqualTo("1 of 2 proplets failed: edge-2: proplet edge-2 went offline");
    }
  }

  @Test
  void a_broadcast_that_failed_everywhere_has_failed() {
    try (ScriptedProplet one = proplet("edge-1", "gpio")) {
      create("all", TO_GPIO);

      one.fail(one.nextStart().id(), "trap");

      Task failed = await("all", TaskPhase.FAILED);
      assertThat(results(failed).get("edge-1").get("error").textValue()).isEqualTo("trap");
    }
  }

  @Test
  void a_broadcast_that_nobody_matches_says_why_and_waits() {
    try (ScriptedProplet other = proplet("edge-1")) {
      create("all", TO_GPIO);
      await(
          "all",
          task ->
              condition(task, "Scheduled")
                  .getMessage()
                  .equals("0/1 proplets fit: 1 lacks capability gpio"));

      try (ScriptedProplet one = proplet("edge-2", "gpio")) {
        one.answer(one.nextStart().id(), "1");
        await("all", TaskPhase.COMPLETED);
        assertThat(other.nextStart().target()).isEqualTo(Target.broadcast());
      }
    }
  }

  @Test
  void answers_that_came_while_no_operator_was_there_complete_a_broadcast() throws Exception {
    try (ScriptedProplet one = proplet("edge-1", "gpio");
        ScriptedProplet two = proplet("edge-2", "gpio")) {
      create("all", TO_GPIO);
      Start start = one.nextStart();
      one.answer(start.id(), "1");
      await("all", task -> results(task).has("edge-1"));

      operator.close();
      two.answer(start.id(), "2");
      operator = startOperator();

      Task done = await("all", TaskPhase.COMPLETED);
      assertThat(results(done).get("edge-2").textValue()).isEqualTo("2");
    }
  }

  private static final Consumer<TaskSpecBuilder> TO_GPIO =
      spec ->
          spec.withBroadcast(true)
              .withNewPropletSelector()
              .withMatchCapabilities("gpio")
              .endPropletSelector();

  private static JsonNode results(Task task) {
    return task.getStatus() == null || task.getStatus().getResults() == null
        ? MissingNode.getInstance()
        : task.getStatus().getResults();
  }
}
