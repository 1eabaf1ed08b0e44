package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.PendingStop;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.TaskId;
import io.propeller.testkit.mqtt.Mosquitto;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tasks that are deleted while the proplet cannot be told to stop them. */
@WithServers
class DeletedTaskIT {

  @Test
  void a_proplet_that_is_away_is_told_when_it_is_back(KubernetesClient client, Mosquitto broker)
      throws Exception {
    try (TestBed bed = new TestBed(client, broker, UnaryOperator.identity());
        ScriptedProplet edge = bed.device("edge-1", UnaryOperator.identity())) {
      TaskId attempt = runs(bed, client, edge);
      edge.leave();
      bed.awaitPhase("edge-1", PropletPhase.OFFLINE);

      delete(client);

      assertThat(pendingStops(bed))
          .extracting(PendingStop::getAttempt)
          .containsExactly(attempt.value());
      assertThat(edge.nextStop().id()).as("in case it hears").isEqualTo(attempt);

      bed.restart(UnaryOperator.identity());
      edge.aliveUntil(() -> !edge.hasNoStop());

      assertThat(edge.nextStop().id()).isEqualTo(attempt);
      bed.awaitProplet("edge-1", proplet -> proplet.getStatus().getPendingStops().isEmpty());
    }
  }

  @Test
  void what_was_deleted_while_the_broker_was_away_is_stopped_also_by_another_operator(
      KubernetesClient client) throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        TestBed bed = new TestBed(client, broker, UnaryOperator.identity());
        ScriptedProplet edge = bed.device("edge-1", UnaryOperator.identity())) {
      TaskId attempt = runs(bed, client, edge);
      broker.kill();

      delete(client);

      assertThat(pendingStops(bed))
          .extracting(PendingStop::getAttempt)
          .containsExactly(attempt.value());
      bed.restart(UnaryOperator.identity());
      broker.restart();
      edge.aliveUntil(() -> !edge.hasNoStop());

      assertThat(edge.nextStop().id()).isEqualTo(attempt);
      bed.awaitProplet("edge-1", proplet -> proplet.getStatus().getPendingStops().isEmpty());
    }
  }

  @Test
  void a_proplet_that_was_away_before_is_told_what_it_still_runs(
      KubernetesClient client, Mosquitto broker) throws Exception {
    try (TestBed bed = new TestBed(client, broker, UnaryOperator.identity());
        ScriptedProplet first = bed.device("edge-1", UnaryOperator.identity())) {
      TaskId given = runs(bed, client, first);
      try (ScriptedProplet second = bed.device("edge-2", UnaryOperator.identity())) {
        first.leave();
        TaskId again = second.nextStart().id();

        delete(client);

        awaitStop(second, again);
        awaitStop(first, again);
        assertThat(pendingStops(bed))
            .extracting(PendingStop::getAttempt)
            .containsExactly(given.value());
        bed.restart(UnaryOperator.identity());
        first.aliveUntil(() -> !first.hasNoStop());

        assertThat(first.nextStop().id()).isEqualTo(given);
      }
    }
  }

  @Test
  void a_proplet_that_is_refused_for_a_while_is_told_all_the_same(
      KubernetesClient client, Mosquitto broker) throws Exception {
    try (TestBed bed = new TestBed(client, broker, UnaryOperator.identity());
        ScriptedProplet edge = bed.device("edge-1", UnaryOperator.identity())) {
      TaskId attempt = runs(bed, client, edge);
      edge.leave();
      bed.awaitPhase("edge-1", PropletPhase.OFFLINE);
      delete(client);
      assertThat(edge.nextStop().id()).as("in case it hears").isEqualTo(attempt);

      onChannel(bed, "other");
      bed.awaitProplet("edge-1", proplet -> isReadyFor(proplet, "OtherChannel"));
      onChannel(bed, bed.channel.id().value());
      bed.awaitProplet("edge-1", proplet -> isReadyFor(proplet, "NotConnected"));

      assertThat(pendingStops(bed))
          .extracting(PendingStop::getAttempt)
          .containsExactly(attempt.value());
      edge.aliveUntil(() -> !edge.hasNoStop());
      assertThat(edge.nextStop().id()).isEqualTo(attempt);
    }
  }

  private static void onChannel(TestBed bed, String channel) {
    bed.patchProplet(
        "edge-1", "{\"spec\":{\"connectionConfig\":{\"channelId\":\"" + channel + "\"}}}");
  }

  private static boolean isReadyFor(Proplet proplet, String reason) {
    return proplet.getStatus().getConditions().stream()
        .anyMatch(one -> one.getType().equals("Ready") && one.getReason().equals(reason));
  }

  @Test
  void nothing_is_recorded_where_all_hear(KubernetesClient client, Mosquitto broker)
      throws Exception {
    try (TestBed bed = new TestBed(client, broker, UnaryOperator.identity());
        ScriptedProplet edge = bed.device("edge-1", UnaryOperator.identity())) {
      TaskId attempt = runs(bed, client, edge);
      String version = bed.proplets("edge-1").get().getMetadata().getResourceVersion();

      delete(client);

      assertThat(edge.nextStop().id()).isEqualTo(attempt);
      assertThat(bed.proplets("edge-1").get().getMetadata().getResourceVersion())
          .isEqualTo(version);
    }
  }

  /** Has a Task run, and returns the id of its attempt. */
  private static TaskId runs(TestBed bed, KubernetesClient client, ScriptedProplet edge) {
    client
        .resource(
            TestBed.task("unwanted").editSpec().withDisconnectGraceSeconds(0).endSpec().build())
        .create();
    TaskId attempt = edge.nextStart().id();
    bed.awaitTask("unwanted", task -> task.phase() == TaskPhase.RUNNING);
    return attempt;
  }

  /** Deletes the Task, and returns when it is gone, with its finalizer. */
  private static void delete(KubernetesClient client) {
    var unused = client.resources(Task.class).withName("unwanted").delete();
    client
        .resources(Task.class)
        .withName("unwanted")
        .waitUntilCondition(task -> task == null, 10, TimeUnit.SECONDS);
  }

  /** Takes what is heard of other attempts too: all on a channel hear all. */
  private static void awaitStop(ScriptedProplet worker, TaskId attempt) {
    TaskId next = worker.nextStop().id();
    while (!next.equals(attempt)) {
      next = worker.nextStop().id();
    }
  }

  private static List<PendingStop> pendingStops(TestBed bed) {
    Proplet proplet = bed.proplets("edge-1").get();
    return proplet.getStatus().getPendingStops();
  }
}
