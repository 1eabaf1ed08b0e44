package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.MetricsSnapshot;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.MonitoringProfile;
import io.propeller.mqtt.message.ProcessMetrics;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskMetrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What workers measure while they run tasks. */
class MonitoringIT extends OperatorRig {

  private static final long GIB = 1L << 30;

  @Test
  void a_monitoring_profile_reaches_the_worker_complete() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create(
          "watched",
          spec ->
              spec.withNewMonitoringProfile()
                  .withEnabled(true)
                  .withInterval("5s")
                  .withCollectCpu(true)
                  .withHistorySize(7)
                  .endMonitoringProfile());

      assertThat(edge.nextStart().monitoringProfile())
          .contains(
              MonitoringProfile.builder()
                  .enabled(true)
                  .interval(Duration.ofSeconds(5))
                  .collectCpu(true)
                  .collectMemory(false)
                  .collectDiskIo(false)
                  .collectThreads(false)
                  .collectFileDescriptors(false)
                  .exportToMqtt(false)
                  .retainHistory(false)
                  .historySize(7)
                  .build());
    }
  }

  @Test
  void what_a_monitored_task_measures_is_in_its_status_at_a_bounded_rate() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      edge.discover(GIB);
      create(
          "watched",
          spec -> spec.withNewMonitoringProfile().withEnabled(true).endMonitoringProfile());
      Start start = edge.nextStart();
      await("watched", TaskPhase.RUNNING);

      edge.measure(load(start, 12.5, 1024 * (GIB / 2)));
      Task first = await("watched", task -> metrics(task) != null);
      assertThat(metrics(first).getCpuMilliPercent()).isEqualTo(12_500);
      assertThat(metrics(first).getMemoryBytes()).as("1,024 times too large").isEqualTo(GIB / 2);

      edge.measure(load(start, 50, GIB / 4));
      edge.answer(start.id(), "42");
      Task done = await("watched", TaskPhase.COMPLETED);
      assertThat(metrics(done).getCpuMilliPercent()).isIn(12_500L, 50_000L);
      assertThat(done.getStatus().getLatestMetrics()).isNotNull();
    }
  }

  @Test
  void a_task_that_is_not_monitored_causes_no_write_by_what_it_measures() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("plain", spec -> {});
      Start start = edge.nextStart();
      Task running = await("plain", TaskPhase.RUNNING);

      edge.measure(load(start, 12.5, GIB));
      create("other", spec -> {});
      edge.answer(edge.nextStart().id(), "1");
      await("other", TaskPhase.COMPLETED);

      assertThat(client.resource(running).get().getMetadata().getResourceVersion())
          .isEqualTo(running.getMetadata().getResourceVersion());
    }
  }

  private static TaskMetrics load(Start start, double cpu, long memory) {
    return TaskMetrics.builder()
        .taskId(start.id())
        .metrics(ProcessMetrics.builder().cpuPercent(cpu).memoryBytes(memory).build())
        .build();
  }

  private static MetricsSnapshot metrics(Task task) {
    return task.getStatus() == null ? null : task.getStatus().getLatestMetrics();
  }
}
