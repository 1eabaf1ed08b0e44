package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.testkit.mqtt.Mosquitto;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices that announce themselves and have no Proplet. */
@WithServers
class RegistrationIT {

  private TestBed bed;

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void a_device_is_registered_takes_nothing_until_it_is_approved_and_then_does(
      KubernetesClient client, Mosquitto broker) throws Exception {
    bed = new TestBed(client, broker, options -> options.registerIn(client.getNamespace()));
    String name = bed.identity("edge");
    try (ScriptedProplet device = bed.worker("edge")) {
      // The operator hears what is said after it has connected for the first time.
      Awaitility.await()
          .until(
              () -> {
                device.publish(
                    Discovery.builder()
                        .propletId(PropletId.of(name))
                        .metadata(PropletMetadata.builder().os("zephyr").build())
                        .build());
                return proplets().contains(name);
              });
      Proplet registered = bed.awaitPhase(name, PropletPhase.RUNNING);
      assertThat(registered.getSpec().isUnschedulable()).isTrue();
      assertThat(TestBed.condition(registered, "Ready").getReason()).isEqualTo("Unschedulable");
      assertThat(registered.getStatus().getMetadata().getOs()).isEqualTo("zephyr");
      client.resource(TestBed.task("add").build()).create();
      bed.awaitTask(
          "add",
          task -> TestBed.condition(task, "Scheduled").getMessage().contains("unschedulable"));

      bed.patchProplet(name, "{\"spec\":{\"unschedulable\":false}}");
      device.answer(device.nextStart().id(), "42");
      bed.awaitTask("add", task -> task.phase() == TaskPhase.COMPLETED);
    }
  }

  @Test
  void no_more_are_registered_than_may_wait_for_approval(KubernetesClient client, Mosquitto broker)
      throws Exception {
    bed =
        new TestBed(
            client, broker, options -> options.registerIn(client.getNamespace()).registerLimit(2));
    announceUntil(2, "a", "b", "c", "d");
    String first = proplets().get(0);
    bed.patchProplet(first, "{\"spec\":{\"unschedulable\":false}}");

    announceUntil(3, "a", "b", "c", "d");
    assertThat(client.resources(Proplet.class).list().getItems())
        .filteredOn(proplet -> proplet.getSpec().isUnschedulable())
        .hasSize(2);
  }

  @Test
  void nothing_is_registered_unless_that_is_switched_on(KubernetesClient client, Mosquitto broker)
      throws Exception {
    bed = new TestBed(client, broker, UnaryOperator.identity());
    try (ScriptedProplet known = bed.device("known", UnaryOperator.identity())) {
      discover("stranger");
      // What is said next on that session has been heard, so what was said before has been.
      known.discover();
      bed.awaitProplet("known", proplet -> proplet.getStatus().getMetadata() != null);

      assertThat(proplets()).containsExactly("known");
    }
  }

  private void announceUntil(int registered, String... names) {
    Awaitility.await()
        .until(
            () -> {
              discover(names);
              assertThat(proplets()).hasSizeLessThanOrEqualTo(registered);
              return proplets().size() == registered;
            });
  }

  private void discover(String... names) {
    for (String name : names) {
      try (ScriptedProplet device = bed.worker(name)) {
        device.discover();
      }
    }
  }

  private List<String> proplets() {
    return bed.client.resources(Proplet.class).list().getItems().stream()
        .map(proplet -> proplet.getMetadata().getName())
        .toList();
  }
}
