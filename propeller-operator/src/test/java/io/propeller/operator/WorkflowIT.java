package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.RunIf;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.mqtt.message.Start;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tasks that depend on others. */
class WorkflowIT extends OperatorRig {

  @Test
  void a_task_waits_for_what_it_depends_on_and_gets_its_results() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("load", dependsOn("read-all", "sum"));
      create("read-all", spec -> spec.withWorkflowId("etl"));
      Start read = edge.nextStart();
      create("sum", dependsOn("read-all"));
      await("load", task -> waits(task) && !message(task).contains("no sum"));
      edge.answer(read.id(), "1,2,3");

      Start sum = edge.nextStart();
      assertThat(sum.env()).containsEntry("READ_ALL_RESULT", "1,2,3");
      edge.answer(sum.id(), "6");
      Start load = edge.nextStart();
      assertThat(load.env())
          .containsEntry("READ_ALL_RESULT", "1,2,3")
          .containsEntry("SUM_RESULT", "6");
      edge.answer(load.id(), "done");

      await("load", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_dependency_that_does_not_exist_yet_is_waited_for_and_named() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("second", dependsOn("first"));
      Task waiting = await("second", WorkflowIT::waits);
      assertThat(message(waiting))
          .isEqualTo("waits for the tasks of spec.dependsOn; there is no first yet");

      create("first", spec -> spec.withWorkflowId("other"));
      edge.answer(edge.nextStart().id(), "1");
      await("first", TaskPhase.COMPLETED);
      assertThat(edge.hasNoStart()).isTrue();
      client.resources(Task.class).withName("first").delete();
      awaitGone("first");
      create("first", spec -> spec.withWorkflowId("etl"));
      edge.answer(edge.nextStart().id(), "1");

      edge.answer(edge.nextStart().id(), "2");
      await("second", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_task_is_skipped_if_what_it_depends_on_ended_the_other_way() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("work", spec -> spec.withWorkflowId("etl"));
      create("next", dependsOn("work"));
      create("after-next", dependsOn("next"));
      create("rescue", dependsOn("work").andThen(spec -> spec.withRunIf(RunIf.FAILURE)));

      edge.fail(edge.nextStart().id(), "trap");

      Start rescue = edge.nextStart();
      assertThat(rescue.env()).doesNotContainKey("WORK_RESULT");
      edge.answer(rescue.id(), "saved");
      await("rescue", TaskPhase.COMPLETED);
      Task skipped = await("next", TaskPhase.SKIPPED);
      assertThat(condition(skipped, "Completed").getReason()).isEqualTo("Skipped");
      await("after-next", TaskPhase.SKIPPED);
    }
  }

  @Test
  void a_task_that_is_for_failures_is_skipped_if_there_are_none() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("work", spec -> spec.withWorkflowId("etl"));
      create("rescue", dependsOn("work").andThen(spec -> spec.withRunIf(RunIf.FAILURE)));

      edge.answer(edge.nextStart().id(), "fine");

      await("rescue", TaskPhase.SKIPPED);
    }
  }

  @Test
  void a_dependency_that_will_be_tried_again_has_not_failed_yet() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create(
          "flaky",
          spec ->
              spec.withWorkflowId("etl")
                  .withNewRetryPolicy()
                  .withLimit(1)
                  .withInterval("1ms")
                  .endRetryPolicy());
      create("next", dependsOn("flaky"));
      edge.fail(edge.nextStart().id(), "trap");
      edge.answer(edge.nextStart().id(), "1");

      Start next = edge.nextStart();
      assertThat(next.env()).containsEntry("FLAKY_RESULT", "1");
      edge.answer(next.id(), "2");
      await("next", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_cycle_fails_every_task_on_it_and_is_named() {
    create("a", dependsOn("c"));
    create("b", dependsOn("a"));
    create("c", dependsOn("b"));
    create("d", dependsOn("c"));

    for (String name : new String[] {"a", "b", "c"}) {
      Task failed = await(name, TaskPhase.FAILED);
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("DependencyCycle");
    }
    assertThat(await("a", TaskPhase.FAILED).getStatus().getError())
        .isEqualTo("a depends on itself: a -> c -> b -> a");
    await("d", TaskPhase.SKIPPED);
  }

  private static Consumer<TaskSpecBuilder> dependsOn(String... names) {
    return spec -> spec.withWorkflowId("etl").withDependsOn(names);
  }

  private static boolean waits(Task task) {
    return condition(task, "Scheduled").getReason().equals("WaitsForDependencies");
  }

  private static String message(Task task) {
    return condition(task, "Scheduled").getMessage();
  }
}
