package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.PropletSpecBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.mqtt.message.Start;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tasks that go only where a condition on the worker's own measurements is true. */
class ProfileIT extends OperatorRig {

  @Test
  void a_task_is_placed_once_a_condition_that_it_asks_for_is_true() {
    try (ScriptedProplet edge = proplet("edge-1", ProfileIT::power)) {
      edge.measure(90, Map.of("battery", 80.0));
      create("job", asksFor("idle"));
      await(
          "job",
          task ->
              condition(task, "Scheduled")
                  .getMessage()
                  .startsWith("0/1 proplets fit: 1 does not meet profile power"));

      edge.measure(10, Map.of("battery", 80.0));

      edge.answer(edge.nextStart().id(), "42");
      await("job", TaskPhase.COMPLETED);
    }
  }

  @Test
  void what_was_never_reported_is_nil() {
    try (ScriptedProplet edge = proplet("edge-1", ProfileIT::power)) {
      create("job", asksFor("idle", "unknown"));

      edge.answer(edge.nextStart().id(), "42");
      await("job", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_daemon_is_interrupted_when_its_condition_turns_false_and_placed_again_when_true() {
    try (ScriptedProplet edge = proplet("edge-1", ProfileIT::power)) {
      edge.measure(10, Map.of("battery", 80.0));
      create("watcher", asksFor("idle").andThen(spec -> spec.withDaemon(true)));
      Start first = edge.nextStart();
      edge.answer(first.id(), "");
      await("watcher", task -> "True".equals(condition(task, "Started").getStatus()));

      edge.measure(10, Map.of("battery", 20.0));
      assertThat(edge.nextStop().id()).isEqualTo(first.id());
      await(
          "watcher",
          task ->
              task.phase() == TaskPhase.PENDING
                  && condition(task, "Started").getReason().equals("Evicted"));

      edge.measure(10, Map.of("battery", 60.0));
      Start second = edge.nextStart();
      assertThat(second.id().value()).isEqualTo(first.id().value() + "-2");
      edge.answer(second.id(), "");
      await(
          "watcher",
          task ->
              "True".equals(condition(task, "Started").getStatus())
                  && task.getStatus().getLostProplets() == 0);
    }
  }

  @Test
  void a_daemon_stays_where_it_is_while_an_operator_that_is_new_has_heard_no_measurement()
      throws Exception {
    try (ScriptedProplet edge = proplet("edge-1", ProfileIT::power)) {
      edge.measure(10, Map.of("battery", 80.0));
      create("watcher", asksFor("idle").andThen(spec -> spec.withDaemon(true)));
      edge.answer(edge.nextStart().id(), "");
      await("watcher", task -> "True".equals(condition(task, "Started").getStatus()));

      operator.close();
      operator = startOperator();
      create("other", spec -> {});
      edge.aliveUntil(() -> !edge.hasNoStart());
      edge.answer(edge.nextStart().id(), "1");
      await("other", TaskPhase.COMPLETED);

      assertThat(await("watcher", TaskPhase.RUNNING).getStatus().getAttempts()).isEqualTo(1);
    }
  }

  private static void power(PropletSpecBuilder spec) {
    spec.addNewProfile()
        .withName("power")
        .addNewCondition()
        .withName("idle")
        .withExpression("cpu < 25% && battery > 40")
        .endCondition()
        .addNewCondition()
        .withName("unknown")
        .withExpression("battery == nil")
        .endCondition()
        .endProfile();
  }

  private static Consumer<TaskSpecBuilder> asksFor(String... conditions) {
    return spec ->
        spec.withNewPropletSelector()
            .addNewProfile()
            .withName("power")
            .withConditions(conditions)
            .endProfile()
            .endPropletSelector();
  }
}
