package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.CpuMetrics;
import io.propeller.mqtt.message.MemoryMetrics;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetrics;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes what workers measure of themselves. */
final class PropletMetricsCodec implements MessageCodec<PropletMetrics> {

  /** A limit this large is how a worker's container says that it has none. */
  private static final long NO_LIMIT = 1L << 62;

  @Override
  public PropletMetrics read(JsonReader in, List<String> levels)
      throws IOException, DecodeException {
    var metrics = PropletMetrics.builder();
    @Nullable PropletId propletId = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "proplet_id" -> propletId = in.propletId();
        case "namespace" -> metrics.namespace(in.text());
        case "timestamp" -> metrics.timestamp(TimestampCodec.read(in));
        case "cpu_metrics" -> metrics.cpu(readCpu(in));
        case "memory_metrics" -> metrics.memory(readMemory(in));
        case "custom_metrics" -> metrics.custom(in.map(JsonReader::real));
        default -> in.skip();
      }
    }
    return metrics.propletId(in.require(propletId, "proplet_id")).build();
  }

  private static CpuMetrics readCpu(JsonReader in) throws IOException, DecodeException {
    in.object();
    var cpu = CpuMetrics.builder();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "user_seconds" -> cpu.userSeconds(in.real());
        case "system_seconds" -> cpu.systemSeconds(in.real());
        case "percent" -> cpu.percent(in.real());
        default -> in.skip();
      }
    }
    return cpu.build();
  }

  private static MemoryMetrics readMemory(JsonReader in) throws IOException, DecodeException {
    in.object();
    var memory = MemoryMetrics.builder();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "rss_bytes" -> memory.rssBytes(in.whole());
        case "heap_alloc_bytes" -> memory.heapAllocBytes(in.whole());
        case "heap_sys_bytes" -> memory.heapSysBytes(in.whole());
        case "heap_inuse_bytes" -> memory.heapInuseBytes(in.whole());
        case "container_usage_bytes" -> memory.containerUsageBytes(in.whole());
        case "container_limit_bytes" -> {
          long limit = in.whole();
          if (limit < NO_LIMIT) {
            memory.containerLimitBytes(limit);
          }
        }
        default -> in.skip();
      }
    }
    return memory.build();
  }

  @Override
  public void write(PropletMetrics message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("proplet_id", message.propletId().value());
    Writing.text(out, "namespace", message.namespace());
    if (message.timestamp().isPresent()) {
      TimestampCodec.write(out, message.timestamp().get());
    }
    CpuMetrics cpu = message.cpu();
    out.writeObjectFieldStart("cpu_metrics");
    Writing.number(out, "user_seconds", cpu.userSeconds());
    Writing.number(out, "system_seconds", cpu.systemSeconds());
    Writing.number(out, "percent", cpu.percent());
    out.writeEndObject();
    MemoryMetrics memory = message.memory();
    out.writeObjectFieldStart("memory_metrics");
    Writing.number(out, "rss_bytes", memory.rssBytes());
    Writing.number(out, "heap_alloc_bytes", memory.heapAllocBytes());
    Writing.number(out, "heap_sys_bytes", memory.heapSysBytes());
    Writing.number(out, "heap_inuse_bytes", memory.heapInuseBytes());
    Writing.number(out, "container_usage_bytes", memory.containerUsageBytes());
    Writing.number(out, "container_limit_bytes", memory.containerLimitBytes());
    out.writeEndObject();
    if (!message.custom().isEmpty()) {
      Writing.numbers(out, "custom_metrics", message.custom());
    }
    out.writeEndObject();
  }
}
