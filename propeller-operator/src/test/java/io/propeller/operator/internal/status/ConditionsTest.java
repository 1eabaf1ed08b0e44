package io.propeller.operator.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00.5Z");

  @Test
  void the_time_moves_with_the_status_alone() {
    List<Condition> first =
        Conditions.with(List.of(), "Ready", false, "NeverSeen", "not yet", 1L, START);
    List<Condition> second =
        Conditions.with(first, "Ready", false, "Silent", "gone", 2L, START.plusSeconds(60));
    List<Condition> third =
        Conditions.with(second, "Ready", true, "Alive", "there", 2L, START.plusSeconds(90));

    assertThat(first.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(second).singleElement().isNotEqualTo(first.get(0));
    assertThat(second.get(0).getReason()).isEqualTo("Silent");
    assertThat(second.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(third.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:01:30Z");
  }

  @Test
  void others_stay_and_one_without_a_status_is_unknown() {
    List<Condition> ready = Conditions.with(List.of(), "Ready", true, "Alive", "", 1L, START);
    List<Condition> both = Conditions.with(ready, "Healthy", null, "NotConnected", "", 1L, START);

    assertThat(both).hasSize(2).startsWith(ready.get(0));
    assertThat(both.get(1).getStatus()).isEqualTo("Unknown");
  }

  @Test
  void a_message_is_cut_to_what_a_reader_wants() {
    Condition condition =
        Conditions.with(List.of(), "Completed", false, "TaskError", "x".repeat(5_000), 1L, START)
            .get(0);

    assertThat(condition.getMessage()).hasSize(1_024).endsWith("…");
  }
}
