package io.propeller.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.CpuMetrics;
import io.propeller.mqtt.message.MemoryMetrics;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Timestamp;
import io.propeller.mqtt.topic.Subtopic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropletMetricsCodecTest extends CodecContract<PropletMetrics> {

  @Override
  Subtopic<PropletMetrics> kind() {
    return Subtopic.PROPLET_METRICS;
  }

  @Override
  String minimalJson() {
    return "{\"proplet_id\":\"p1\"}";
  }

  @Override
  PropletMetrics minimal() {
    return PropletMetrics.builder().propletId(PropletId.of("p1")).build();
  }

  @Override
  String fullJson() {
    return """
    {"proplet_id":"p1","namespace":"default","timestamp":"2026-11-21T10:00:00.5Z",
    "cpu_metrics":{"user_seconds":1.5,"system_seconds":0.25,"percent":12.5},
    "memory_metrics":{"rss_bytes":1,"heap_alloc_bytes":2,"heap_sys_bytes":3,
    "heap_inuse_bytes":4,"container_usage_bytes":5,"container_limit_bytes":6},
    "custom_metrics":{"queue":3.0,"température":-1.5}}\
    """;
  }

  @Override
  String writtenJson() {
    return fullJson().replace("10:00:00.5Z", "10:00:00.500Z");
  }

  @Override
  PropletMetrics full() {
    return PropletMetrics.builder()
        .propletId(PropletId.of("p1"))
        .namespace("default")
        .timestamp(new Timestamp.At(Instant.parse("2026-11-21T10:00:00.5Z")))
        .cpu(CpuMetrics.builder().userSeconds(1.5).systemSeconds(0.25).percent(12.5).build())
        .memory(
            MemoryMetrics.builder()
                .rssBytes(1)
                .heapAllocBytes(2)
                .heapSysBytes(3)
                .heapInuseBytes(4)
                .containerUsageBytes(5)
                .containerLimitBytes(6)
                .build())
        .putCustom("queue", 3.0)
        .putCustom("température", -1.5)
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "proplet_id",
        "{\"proplet_id\":\"p\",\"cpu_metrics\":{\"percent\":\"1\"}}", "cpu_metrics.percent",
        "{\"proplet_id\":\"p\",\"cpu_metrics\":{\"percent\":1e999}}", "cpu_metrics.percent",
        "{\"proplet_id\":\"p\",\"memory_metrics\":{\"rss_bytes\":[]}}", "memory_metrics.rss_bytes",
        "{\"proplet_id\":\"p\",\"custom_metrics\":{\"secret\":\"x\"}}", "custom_metrics",
        "{\"proplet_id\":\"p\",\"timestamp\":\"yesterday\"}", "timestamp",
        "{\"proplet_id\":\"p\",\"timestamp\":{\"secs_since_epoch\":9e18}}", "timestamp",
        "{\"proplet_id\":\"p\",\"timestamp\":true}", "timestamp");
  }

  @Test
  void readsTheTimeInThreeForms() throws DecodeException {
    assertThat(timestamp("{\"secs_since_epoch\":1700000000,\"nanos_since_epoch\":5}"))
        .isEqualTo(new Timestamp.At(Instant.ofEpochSecond(1_700_000_000, 5)));
    assertThat(timestamp("123456")).isEqualTo(new Timestamp.Uptime(Duration.ofMillis(123_456)));
    assertThat(timestamp("\"2026-11-21T11:00:00+01:00\""))
        .isEqualTo(new Timestamp.At(Instant.parse("2026-11-21T10:00:00Z")));
  }

  @Test
  void takesTheLimitThatMeansNoneForNone() throws DecodeException {
    PropletMetrics metrics =
        decode(
            "{\"proplet_id\":\"p\",\"memory_metrics\":"
                + "{\"container_limit_bytes\":9223372036854771712}}");

    assertThat(metrics.memory().containerLimitBytes()).isEmpty();
  }

  @Test
  void takesAFigureBeyondTheRangeForTheGreatest() throws DecodeException {
    PropletMetrics metrics =
        decode("{\"proplet_id\":\"p\",\"memory_metrics\":{\"rss_bytes\":18446744073709551615}}");

    assertThat(metrics.memory().rssBytes()).hasValue(Long.MAX_VALUE);
  }

  private Timestamp timestamp(String json) throws DecodeException {
    return decode("{\"proplet_id\":\"p\",\"timestamp\":" + json + "}").timestamp().orElseThrow();
  }
}
