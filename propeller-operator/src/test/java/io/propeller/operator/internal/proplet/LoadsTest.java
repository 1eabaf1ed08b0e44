package io.propeller.operator.internal.proplet;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.MetricsSnapshot;
import io.propeller.mqtt.message.CpuMetrics;
import io.propeller.mqtt.message.MemoryMetrics;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Timestamp;
import io.propeller.operator.internal.proplet.PropletDirectory.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadsTest {

  private static final Instant HEARD = Instant.parse("2026-01-01T00:00:00Z");
  private static final Optional<PropletMetadata> HOST =
      Optional.of(PropletMetadata.builder().totalMemoryBytes(8_000).build());

  @Test
  void percentages_are_in_thousandths_and_memory_is_a_share_of_the_hosts() {
    MetricsSnapshot snapshot = snapshot(MemoryMetrics.builder().rssBytes(1_000).build());

    assertThat(snapshot.getCpuMilliPercent()).isEqualTo(12_345);
    assertThat(snapshot.getMemoryBytes()).isEqualTo(1_000);
    assertThat(snapshot.getMemoryMilliPercent()).isEqualTo(12_500);
  }

  @Test
  void a_container_is_measured_by_its_own_figures() {
    MetricsSnapshot snapshot =
        snapshot(
            MemoryMetrics.builder()
                .rssBytes(1_000)
                .containerUsageBytes(500)
                .containerLimitBytes(1_000)
                .build());

    assertThat(snapshot.getMemoryBytes()).isEqualTo(500);
    assertThat(snapshot.getMemoryMilliPercent()).isEqualTo(50_000);
  }

  @Test
  void what_was_not_measured_is_absent() {
    MetricsSnapshot snapshot =
        Loads.snapshot(
            new Load(PropletMetrics.builder().propletId(PropletId.of("a")).build(), HEARD),
            Optional.empty());

    assertThat(snapshot.getCpuMilliPercent()).isNull();
    assertThat(snapshot.getMemoryBytes()).isNull();
    assertThat(snapshot.getMemoryMilliPercent()).isNull();
    assertThat(snapshot.getTimestamp()).as("when it was heard").isEqualTo(HEARD);
  }

  private static MetricsSnapshot snapshot(MemoryMetrics memory) {
    return Loads.snapshot(
        new Load(
            PropletMetrics.builder()
                .propletId(PropletId.of("a"))
                .timestamp(new Timestamp.Uptime(Duration.ofSeconds(5)))
                .cpu(CpuMetrics.builder().percent(12.345).build())
                .memory(memory)
                .build(),
            HEARD),
        HOST);
  }
}
