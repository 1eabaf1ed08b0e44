package io.propeller.operator.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.ExecutionMode;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobBuilder;
import io.propeller.api.v1.PropellerJobSpecBuilder;
import io.propeller.api.v1.TaskSpec;
import io.propeller.api.v1.TaskSpecBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JobPlanTest {

  @Test
  void a_task_is_named_after_the_job_and_its_entry_in_lower_case() {
    JobPlan plan = plan(spec -> spec.withTasks(entry("Load_All Data")).withTaskRefs("other"));

    assertThat(plan)
        .isInstanceOfSatisfying(
            JobPlan.Accepted.class,
            accepted -> {
              assertThat(accepted.children())
                  .containsExactly(new ResourceID("nightly-load-all-data", "lab"));
              assertThat(accepted.guests()).containsExactly(new ResourceID("other", "lab"));
            });
  }

  @Test
  void an_empty_job_is_refused() {
    assertThat(refused(spec -> {}))
        .isEqualTo("NoTasks: spec.tasks and spec.taskRefs are empty: name a task in one");
  }

  @Test
  void two_entries_of_one_task_are_refused() {
    assertThat(refused(spec -> spec.withTasks(entry("Load_1"), entry("b"), entry("load 1"))))
        .isEqualTo(
            "NameClash: spec.tasks[0].name \"Load_1\" and spec.tasks[2].name \"load 1\" would both"
                + " make the Task nightly-load-1: rename one of them");
  }

  @Test
  void a_name_that_could_mean_two_tasks_is_refused() {
    assertThat(
            refused(
                spec -> spec.withTasks(entry("a"), entry("nightly-a"), entry("b", "nightly-a"))))
        .isEqualTo(
            "NameClash: spec.tasks[2].dependsOn names nightly-a, which is also the name of the Task"
                + " of spec.tasks[0]: rename one of them");
    assertThat(refused(spec -> spec.withTasks(entry("a")).withTaskRefs("nightly-a")))
        .isEqualTo(
            "NameClash: spec.taskRefs names nightly-a, which is the Task of spec.tasks[0]: take it"
                + " out");
  }

  @Test
  void a_name_that_no_resource_can_have_is_refused() {
    assertThat(refused(spec -> spec.withTasks(entry("ok"), entry("50%"))))
        .isEqualTo(
            "InvalidName: spec.tasks[1].name \"50%\" makes the name of its Task nightly-50%: use"
                + " letters, digits, - and ., and end with a letter or a digit");
    assertThat(refused(spec -> spec.withTasks(entry("x".repeat(253)))))
        .isEqualTo(
            "InvalidName: spec.tasks[0].name xxxxxxxxxxxxxxxxxxxx… makes the name of its Task 261"
                + " characters long, which may have 253 at most");
    PropellerJob job = job(spec -> spec.withTasks(entry("a")));
    job.getMetadata().setName("j".repeat(64));
    assertThat(text(JobPlan.of(job)))
        .isEqualTo(
            "InvalidName: metadata.name has 64 characters: the name of a job is a label of its"
                + " Tasks and has 63 at most");
  }

  @Test
  void what_can_never_have_its_turn_is_refused() {
    assertThat(refused(spec -> spec.withTasks(entry("a", "b"))))
        .isEqualTo(
            "UnknownDependency: spec.tasks: a depends on b, which is the name of no task of the"
                + " batch; dependsOn names tasks of the same job");
    assertThat(refused(spec -> spec.withTasks(entry("a", "b"), entry("b", "a"))))
        .startsWith("DependencyCycle: spec.tasks: a depends on itself: a -> b -> a;");
    assertThat(
            refused(
                spec ->
                    spec.withExecutionMode(ExecutionMode.SEQUENTIAL)
                        .withTasks(entry("a", "b"), entry("b"))))
        .startsWith("DependencyOrder: spec.tasks: a depends on b, which comes after it");
  }

  private static TaskSpec entry(String name, String... dependsOn) {
    return new TaskSpecBuilder().withName(name).withDependsOn(dependsOn).build();
  }

  private static PropellerJob job(Consumer<PropellerJobSpecBuilder> change) {
    PropellerJobSpecBuilder spec = new PropellerJobSpecBuilder();
    change.accept(spec);
    return new PropellerJobBuilder()
        .withNewMetadata()
        .withName("nightly")
        .withNamespace("lab")
        .endMetadata()
        .withSpec(spec.build())
        .build();
  }

  private static JobPlan plan(Consumer<PropellerJobSpecBuilder> change) {
    return JobPlan.of(job(change));
  }

  private static String refused(Consumer<PropellerJobSpecBuilder> change) {
    return text(plan(change));
  }

  private static String text(JobPlan plan) {
    return plan instanceof JobPlan.Refused refused
        ? refused.reason() + ": " + refused.message()
        : "accepted";
  }
}
