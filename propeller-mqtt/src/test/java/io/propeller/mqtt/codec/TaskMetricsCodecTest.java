package io.propeller.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.AggregatedMetrics;
import io.propeller.mqtt.message.ProcessMetrics;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.mqtt.message.Timestamp;
import io.propeller.mqtt.topic.Subtopic;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskMetricsCodecTest extends CodecContract<TaskMetrics> {

  @Override
  Subtopic<TaskMetrics> kind() {
    return Subtopic.TASK_METRICS;
  }

  @Override
  String minimalJson() {
    return "{\"task_id\":\"t1\"}";
  }

  @Override
  TaskMetrics minimal() {
    return TaskMetrics.builder().taskId(TaskId.of("t1")).build();
  }

  @Override
  String fullJson() {
    return """
    {"task_id":"t1","proplet_id":"p1","timestamp":99,
    "metrics":{"cpu_percent":1.5,"memory_bytes":2048,"memory_percent":0.5,
    "disk_read_bytes":1,"disk_write_bytes":2,"uptime_seconds":3,"thread_count":4,
    "file_descriptor_count":5},
    "aggregated":{"avg_cpu_usage":1.0,"max_cpu_usage":2.0,"avg_memory_usage":3.0,
    "max_memory_usage":4.0,"total_disk_read":5,"total_disk_write":6,"sample_count":7}}\
    """;
  }

  @Override
  TaskMetrics full() {
    return TaskMetrics.builder()
        .taskId(TaskId.of("t1"))
        .propletId(PropletId.of("p1"))
        .timestamp(new Timestamp.Uptime(Duration.ofMillis(99)))
        .metrics(
            ProcessMetrics.builder()
                .cpuPercent(1.5)
                .memoryBytes(2048)
                .memoryPercent(0.5)
                .diskReadBytes(1)
                .diskWriteBytes(2)
                .uptimeSeconds(3)
                .threadCount(4)
                .fileDescriptorCount(5)
                .build())
        .aggregated(
            AggregatedMetrics.builder()
                .avgCpuUsage(1)
                .maxCpuUsage(2)
                .avgMemoryUsage(3)
                .maxMemoryUsage(4)
                .totalDiskRead(5)
                .totalDiskWrite(6)
                .sampleCount(7)
                .build())
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "task_id",
        "{\"task_id\":7}", "task_id",
        "{\"task_id\":\"t\",\"metrics\":1}", "metrics",
        "{\"task_id\":\"t\",\"metrics\":{\"memory_bytes\":true}}", "metrics.memory_bytes",
        "{\"task_id\":\"t\",\"aggregated\":{\"sample_count\":\"7\"}}", "aggregated.sample_count");
  }

  @Test
  void correctsMemoryThatExceedsTheHosts() {
    ProcessMetrics metrics = ProcessMetrics.builder().memoryBytes(50L << 30).build();

    assertThat(metrics.memoryBytes(8L << 30)).hasValue(50L << 20);
    assertThat(metrics.memoryBytes(64L << 30)).hasValue(50L << 30);
  }
}
