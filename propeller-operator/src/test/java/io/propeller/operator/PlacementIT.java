package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.propeller.api.v1.PreferredPropletType;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletSelectorBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Where tasks go, and in what order. */
class PlacementIT extends OperatorRig {

  @Test
  void a_task_goes_to_the_proplet_that_it_names() {
    try (ScriptedProplet one = proplet("edge-1");
        ScriptedProplet two = proplet("edge-2")) {
      for (String name : List.of("a", "b", "c")) {
        create(name, selects(selector -> selector.withPropletId("edge-2")));
        two.answer(two.nextStart().id(), "1");
      }
      assertThat(one.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_task_goes_to_a_device_of_one_of_its_types() {
    try (ScriptedProplet one =
            proplet("edge-1", spec -> spec.withNewExternal().withDeviceType("pi").endExternal());
        ScriptedProplet two =
            proplet("edge-2", spec -> spec.withNewExternal().withDeviceType("esp").endExternal())) {
      create("a", selects(selector -> selector.withMatchDeviceTypes("esp", "other")));
      two.answer(two.nextStart().id(), "1");
      await("a", TaskPhase.COMPLETED);
      assertThat(one.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_task_goes_where_all_its_labels_and_expressions_match() {
    try (ScriptedProplet one = proplet("edge-1");
        ScriptedProplet two = proplet("edge-2")) {
      label("edge-1", Map.of("site", "north", "tier", "gold"));
      label("edge-2", Map.of("site", "north"));
      create(
          "a",
          selects(
              selector ->
                  selector
                      .withMatchLabels(Map.of("site", "north"))
                      .withMatchExpressions(
                          new LabelSelectorRequirementBuilder()
                              .withKey("tier")
                              .withOperator("DoesNotExist")
                              .build())));
      two.answer(two.nextStart().id(), "1");
      await("a", TaskPhase.COMPLETED);
      assertThat(one.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_task_that_prefers_pods_does_not_go_to_a_device() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("a", spec -> spec.withPreferredPropletType(PreferredPropletType.K8S));
      await(
          "a",
          task ->
              condition(task, "Scheduled")
                  .getMessage()
                  .equals("0/1 proplets fit: 1 is not of kind k8s"));
      assertThat(edge.hasNoStart()).isTrue();
    }
  }

  @Test
  void resources_are_reserved_and_released_and_who_waits_goes_by_priority_then_age() {
    try (ScriptedProplet edge =
        proplet("edge-1", spec -> spec.addToResources("cpu", new Quantity("1")))) {
      create("first", cpu("600m"));
      Start first = edge.nextStart();
      awaitLaterThan(create("old", cpu("600m")));
      create("young", cpu("600m"));
      create("urgent", cpu("600m").andThen(spec -> spec.withPriority(90)));
      create("small", cpu("300m"));
      Start small = edge.nextStart();
      edge.answer(small.id(), "1");
      await("small", TaskPhase.COMPLETED);

      edge.answer(first.id(), "1");
      for (String name : List.of("urgent", "old", "young")) {
        TaskId id = edge.nextStart().id();
        assertThat(id.value()).isEqualTo(await(name, TaskPhase.RUNNING).getMetadata().getUid());
        edge.answer(id, "1");
      }
      await("young", TaskPhase.COMPLETED);
    }
  }

  @Test
  void who_waits_keeps_its_age_when_another_operator_takes_over() throws Exception {
    try (ScriptedProplet edge =
        proplet("edge-1", spec -> spec.addToResources("cpu", new Quantity("1")))) {
      create("first", cpu("600m"));
      edge.nextStart();
      awaitLaterThan(create("z-old", cpu("600m")));
      create("a-young", cpu("600m"));

      operator.close();
      operator = startOperator();
      // Whoever takes over says again what runs; all that waits is in its line by then.
      edge.aliveUntil(() -> !edge.hasNoStart());
      edge.answer(edge.nextStart().id(), "1");

      for (String name : List.of("z-old", "a-young")) {
        TaskId id = edge.nextStart().id();
        assertThat(id.value()).isEqualTo(await(name, TaskPhase.RUNNING).getMetadata().getUid());
        edge.answer(id, "1");
      }
    }
  }

  @Test
  void a_policy_that_there_is_not_fails_the_task_and_one_that_there_is_places_it() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("odd", spec -> spec.withSchedulerName("dice"));
      create("even", spec -> spec.withSchedulerName("least-loaded"));
      edge.answer(edge.nextStart().id(), "1");

      await("even", TaskPhase.COMPLETED);
      Task failed = await("odd", TaskPhase.FAILED);
      assertThat(failed.getStatus().getError())
          .startsWith("spec.schedulerName is 'dice', which is none of the policies");
    }
  }

  /** The API server dates what is created in whole seconds. */
  private static void awaitLaterThan(Task task) {
    Instant created = Instant.parse(task.getMetadata().getCreationTimestamp());
    Awaitility.await().until(() -> Instant.now().isAfter(created.plusSeconds(1)));
  }

  private void label(String proplet, Map<String, String> labels) {
    client
        .resources(Proplet.class)
        .withName(proplet)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(Map.of("metadata", Map.of("labels", labels))));
  }

  private static Consumer<TaskSpecBuilder> cpu(String amount) {
    return spec ->
        spec.withNewResourceRequirements().withCpu(new Quantity(amount)).endResourceRequirements();
  }

  private static Consumer<TaskSpecBuilder> selects(Consumer<PropletSelectorBuilder> change) {
    PropletSelectorBuilder selector = new PropletSelectorBuilder();
    change.accept(selector);
    return spec -> spec.withPropletSelector(selector.build());
  }
}
