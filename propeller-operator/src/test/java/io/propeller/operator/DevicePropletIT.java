package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.MetricsSnapshot;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.Taint;
import io.propeller.api.v1.TaintBuilder;
import io.propeller.api.v1.TaintEffect;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TolerationBuilder;
import io.propeller.api.v1.TolerationOperator;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.CpuMetrics;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.MemoryMetrics;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Start;
import io.propeller.testkit.mqtt.Mosquitto;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proplets that are devices: what is heard of them, and what their status says of it. */
@WithServers
class DevicePropletIT {

  private TestBed bed;

  private void start(
      KubernetesClient client, Mosquitto broker, UnaryOperator<OperatorOptions.Builder> options)
      throws Exception {
    bed = new TestBed(client, broker, options);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void it_is_initializing_until_it_is_heard_of_and_offline_once_it_was_silent_for_the_threshold(
      KubernetesClient client, Mosquitto broker) throws Exception {
    start(client, broker, options -> options.lastSeenThreshold(Duration.ofSeconds(2)));
    client.resource(bed.proplet("edge").build()).create();
    Proplet fresh = bed.awaitPhase("edge", PropletPhase.INITIALIZING);
    assertThat(TestBed.condition(fresh, "Connected").getReason()).isEqualTo("NeverSeen");

    try (ScriptedProplet worker = bed.worker("edge")) {
      worker.aliveUntil(() -> bed.phase("edge") == PropletPhase.RUNNING);
      Proplet running = bed.awaitPhase("edge", PropletPhase.RUNNING);
      assertThat(running.getStatus().isAlive()).isTrue();
      assertThat(running.getStatus().getLastSeen()).isNotNull();
      assertThat(running.getStatus().getAliveHistory())
          .containsExactly(running.getStatus().getLastSeen());
      assertThat(running.getStatus().getConditions())
          .extracting("type", "status")
          .contains(tuple("Connected", "True"), tuple("Ready", "True"), tuple("Healthy", "True"));

      Proplet silent = bed.awaitPhase("edge", PropletPhase.OFFLINE);
      assertThat(silent.getStatus().isAlive()).isFalse();
      assertThat(TestBed.condition(silent, "Connected").getReason()).isEqualTo("Silent");

      worker.aliveUntil(() -> bed.phase("edge") == PropletPhase.RUNNING);
    }
  }

  @Test
  void its_last_will_makes_it_offline_at_once(KubernetesClient client, Mosquitto broker)
      throws Exception {
    start(client, broker, UnaryOperator.identity());
    try (ScriptedProplet worker = bed.device("edge", UnaryOperator.identity())) {
      worker.publish(
          Alive.builder()
              .propletId(PropletId.of(bed.identity("edge")))
              .status(Alive.Status.OFFLINE)
              .build());

      bed.awaitPhase("edge", PropletPhase.OFFLINE);
    }
  }

  @Test
  void what_it_says_of_itself_is_its_metadata(KubernetesClient client, Mosquitto broker)
      throws Exception {
    start(client, broker, UnaryOperator.identity());
    try (ScriptedProplet worker = bed.device("edge", UnaryOperator.identity())) {
      PropletId id = PropletId.of(bed.identity("edge"));
      worker.publish(
          Discovery.builder()
              .propletId(id)
              .metadata(
                  PropletMetadata.builder()
                      .os("linux")
                      .cpuArch("aarch64")
                      .totalMemoryBytes(8_000)
                      .wasmRuntime("wasmtime 47")
                      .addTags("lab")
                      .build())
              .build());
      Proplet discovered =
          bed.awaitProplet("edge", proplet -> proplet.getStatus().getMetadata() != null);
      assertThat(discovered.getStatus().getMetadata().getCpuArch()).isEqualTo("aarch64");
      assertThat(discovered.getStatus().getMetadata().getTotalMemoryBytes()).isEqualTo(8_000);
      assertThat(discovered.getStatus().getMetadata().getTags()).containsExactly("lab");

      worker.publish(
          Alive.builder()
              .propletId(id)
              .metadata(PropletMetadata.builder().os("zephyr").build())
              .build());
      bed.awaitProplet(
          "edge", proplet -> "zephyr".equals(proplet.getStatus().getMetadata().getOs()));
    }
  }

  @Test
  void load_tasks_and_what_they_leave_are_refreshed_at_a_bounded_rate_and_ten_beats_are_kept(
      KubernetesClient client, Mosquitto broker) throws Exception {
    start(client, broker, options -> options.statusRefresh(Duration.ofMillis(500)));
    try (ScriptedProplet worker =
        bed.device(
            "edge",
            proplet ->
                proplet
                    .editSpec()
                    .withResources(
                        Map.of("cpu", new Quantity("2"), "memory", new Quantity("256Mi")))
                    .endSpec())) {
      client
          .resource(
              TestBed.task("add")
                  .editSpec()
                  .withNewResourceRequirements()
                  .withCpu(new Quantity("500m"))
                  .withMemory(new Quantity("64Mi"))
                  .endResourceRequirements()
                  .endSpec()
                  .build())
          .create();
      worker.nextStart();
      worker.publish(
          PropletMetrics.builder()
              .propletId(PropletId.of(bed.identity("edge")))
              .cpu(CpuMetrics.builder().percent(12.5).build())
              .memory(MemoryMetrics.builder().rssBytes(1_000).build())
              .build());
      worker.aliveUntil(
          () -> bed.proplets("edge").get().getStatus().getAliveHistory().size() == 10);

      Proplet busy = bed.awaitProplet("edge", proplet -> proplet.getStatus().getTaskCount() == 1);
      assertThat(busy.getStatus().getAvailableResources().getCpu())
          .isEqualTo(new Quantity("1500m"));
      assertThat(busy.getStatus().getAvailableResources().getMemory())
          .isEqualTo(new Quantity("192Mi"));
      MetricsSnapshot load = busy.getStatus().getLatestMetrics();
      assertThat(load.getCpuMilliPercent()).isEqualTo(12_500);
      assertThat(load.getMemoryBytes()).isEqualTo(1_000);
      assertThat(load.getTimestamp()).isNotNull();
    }
  }

  @Test
  void a_heartbeat_is_not_a_write(KubernetesClient client, Mosquitto broker) throws Exception {
    start(client, broker, UnaryOperator.identity());
    try (ScriptedProplet worker = bed.device("edge", UnaryOperator.identity());
        ScriptedProplet other = bed.device("other", UnaryOperator.identity())) {
      String before = bed.proplets("edge").get().getMetadata().getResourceVersion();
      for (int beat = 0; beat < 100; beat++) {
        worker.publish(Alive.builder().propletId(PropletId.of(bed.identity("edge"))).build());
      }
      // What comes after them on the same connection has been handled, so they have been.
      worker.publish(
          Alive.builder()
              .propletId(PropletId.of(bed.identity("other")))
              .status(Alive.Status.OFFLINE)
              .build());
      bed.awaitPhase("other", PropletPhase.OFFLINE);

      assertThat(bed.proplets("edge").get().getMetadata().getResourceVersion()).isEqualTo(before);
      assertThat(other.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_cordoned_proplet_keeps_what_runs_and_takes_nothing_new(
      KubernetesClient client, Mosquitto broker) throws Exception {
    start(client, broker, UnaryOperator.identity());
    try (ScriptedProplet worker = bed.device("edge", UnaryOperator.identity())) {
      client.resource(TestBed.task("first").build()).create();
      Start first = worker.nextStart();
      bed.patchProplet("edge", "{\"spec\":{\"unschedulable\":true}}");
      Proplet cordoned =
          bed.awaitProplet(
              "edge",
              proplet -> TestBed.condition(proplet, "Ready").getReason().equals("Unschedulable"));
      assertThat(cordoned.getStatus().getPhase()).isEqualTo(PropletPhase.RUNNING);
      client.resource(TestBed.task("second").build()).create();
      bed.awaitTask(
          "second",
          task -> TestBed.condition(task, "Scheduled").getMessage().contains("unschedulable"));

      worker.answer(first.id(), "42");
      bed.awaitTask("first", task -> task.phase() == TaskPhase.COMPLETED);
      assertThat(worker.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_taint_keeps_tasks_away_that_do_not_tolerate_it(KubernetesClient client, Mosquitto broker)
      throws Exception {
    start(client, broker, UnaryOperator.identity());
    try (ScriptedProplet worker =
        bed.device(
            "edge",
            proplet -> proplet.editSpec().withTaints(taint(TaintEffect.NO_SCHEDULE)).endSpec())) {
      client.resource(TestBed.task("stays-away").build()).create();
      bed.awaitTask(
          "stays-away",
          task -> TestBed.condition(task, "Scheduled").getMessage().contains("maintenance"));

      client
          .resource(
              TestBed.task("tolerates")
                  .editSpec()
                  .withTolerations(
                      new TolerationBuilder()
                          .withKey("maintenance")
                          .withOperator(TolerationOperator.EXISTS)
                          .build())
                  .endSpec()
                  .build())
          .create();
      worker.answer(worker.nextStart().id(), "42");
      bed.awaitTask("tolerates", task -> task.phase() == TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_taint_no_execute_interrupts_what_runs_and_does_not_tolerate_it_and_it_moves(
      KubernetesClient client, Mosquitto broker) throws Exception {
    start(client, broker, UnaryOperator.identity());
    try (ScriptedProplet first = bed.device("edge-1", UnaryOperator.identity())) {
      client.resource(TestBed.task("moves").build()).create();
      Start start = first.nextStart();
      try (ScriptedProplet second = bed.device("edge-2", UnaryOperator.identity())) {
        bed.patchProplet(
            "edge-1",
            "{\"spec\":{\"taints\":[{\"key\":\"maintenance\",\"effect\":\"NoExecute\"}]}}");

        assertThat(first.nextStop().id()).isEqualTo(start.id());
        second.answer(second.nextStart().id(), "42");
        Task done = bed.awaitTask("moves", task -> task.phase() == TaskPhase.COMPLETED);
        assertThat(done.getStatus().getAssignedProplet()).isEqualTo("edge-2");
        assertThat(done.getStatus().getLostProplets()).as("nobody was lost").isZero();
        assertThat(done.getStatus().getRunAttempts().get(0).getReason()).isEqualTo("Evicted");
      }
    }
  }

  @Test
  void after_a_restart_nobody_is_offline_before_one_threshold_has_passed(
      KubernetesClient client, Mosquitto broker) throws Exception {
    Duration threshold = Duration.ofSeconds(3);
    start(client, broker, options -> options.lastSeenThreshold(threshold));
    ScriptedProplet worker = bed.device("edge", UnaryOperator.identity());
    bed.stop();
    worker.close();

    long before = System.nanoTime();
    bed.restart(options -> options.lastSeenThreshold(threshold));
    bed.awaitPhase("edge", PropletPhase.OFFLINE);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(threshold);
  }

  private static Taint taint(TaintEffect effect) {
    return new TaintBuilder().withKey("maintenance").withEffect(effect).build();
  }
}
