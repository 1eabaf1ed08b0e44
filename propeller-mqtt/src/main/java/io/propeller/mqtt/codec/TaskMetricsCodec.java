package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.AggregatedMetrics;
import io.propeller.mqtt.message.ProcessMetrics;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskMetrics;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes what workers measure while they run tasks. */
final class TaskMetricsCodec implements MessageCodec<TaskMetrics> {

  @Override
  public TaskMetrics read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var metrics = TaskMetrics.builder();
    @Nullable TaskId taskId = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "task_id" -> taskId = in.taskId();
        case "proplet_id" -> metrics.propletId(in.propletId());
        case "timestamp" -> metrics.timestamp(TimestampCodec.read(in));
        case "metrics" -> metrics.metrics(readProcess(in));
        case "aggregated" -> metrics.aggregated(readAggregated(in));
        default -> in.skip();
      }
    }
    return metrics.taskId(in.require(taskId, "task_id")).build();
  }

  private static ProcessMetrics readProcess(JsonReader in) throws IOException, DecodeException {
    in.object();
    var process = ProcessMetrics.builder();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "cpu_percent" -> process.cpuPercent(in.real());
        case "memory_bytes" -> process.memoryBytes(in.whole());
        case "memory_percent" -> process.memoryPercent(in.real());
        case "disk_read_bytes" -> process.diskReadBytes(in.whole());
        case "disk_write_bytes" -> process.diskWriteBytes(in.whole());
        case "uptime_seconds" -> process.uptimeSeconds((long) in.real());
        case "thread_count" -> process.threadCount(in.whole());
        case "file_descriptor_count" -> process.fileDescriptorCount(in.whole());
        default -> in.skip();
      }
    }
    return process.build();
  }

  private static AggregatedMetrics readAggregated(JsonReader in)
      throws IOException, DecodeException {
    in.object();
    var aggregated = AggregatedMetrics.builder();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "avg_cpu_usage" -> aggregated.avgCpuUsage(in.real());
        case "max_cpu_usage" -> aggregated.maxCpuUsage(in.real());
        case "avg_memory_usage" -> aggregated.avgMemoryUsage(in.real());
        case "max_memory_usage" -> aggregated.maxMemoryUsage(in.real());
        case "total_disk_read" -> aggregated.totalDiskRead(in.whole());
        case "total_disk_write" -> aggregated.totalDiskWrite(in.whole());
        case "sample_count" -> aggregated.sampleCount(in.whole());
        default -> in.skip();
      }
    }
    return aggregated.build();
  }

  @Override
  public void write(TaskMetrics message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("task_id", message.taskId().value());
    Writing.text(out, "proplet_id", message.propletId());
    if (message.timestamp().isPresent()) {
      TimestampCodec.write(out, message.timestamp().get());
    }
    ProcessMetrics process = message.metrics();
    out.writeObjectFieldStart("metrics");
    Writing.number(out, "cpu_percent", process.cpuPercent());
    Writing.number(out, "memory_bytes", process.memoryBytes());
    Writing.number(out, "memory_percent", process.memoryPercent());
    Writing.number(out, "disk_read_bytes", process.diskReadBytes());
    Writing.number(out, "disk_write_bytes", process.diskWriteBytes());
    Writing.number(out, "uptime_seconds", process.uptimeSeconds());
    Writing.number(out, "thread_count", process.threadCount());
    Writing.number(out, "file_descriptor_count", process.fileDescriptorCount());
    out.writeEndObject();
    if (message.aggregated().isPresent()) {
      writeAggregated(out, message.aggregated().get());
    }
    out.writeEndObject();
  }

  private static void writeAggregated(JsonGenerator out, AggregatedMetrics aggregated)
      throws IOException {
    out.writeObjectFieldStart("aggregated");
    Writing.number(out, "avg_cpu_usage", aggregated.avgCpuUsage());
    Writing.number(out, "max_cpu_usage", aggregated.maxCpuUsage());
    Writing.number(out, "avg_memory_usage", aggregated.avgMemoryUsage());
    Writing.number(out, "max_memory_usage", aggregated.maxMemoryUsage());
    Writing.number(out, "total_disk_read", aggregated.totalDiskRead());
    Writing.number(out, "total_disk_write", aggregated.totalDiskWrite());
    Writing.number(out, "sample_count", aggregated.sampleCount());
    out.writeEndObject();
  }
}
