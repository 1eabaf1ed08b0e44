package io.propeller.operator.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00.5Z");
  private static final Task TASK =
      new TaskBuilder().withNewMetadata().withGeneration(2L).endMetadata().build();

  @Test
  void the_time_moves_with_the_status_alone() {
    List<Condition> first =
        Conditions.of(TASK, List.of(), START).set("Ready", false, "NeverSeen", "not yet").list();
    List<Condition> second =
        Conditions.of(TASK, first, START.plusSeconds(60))
            .set("Ready", false, "Silent", "gone")
            .list();
    List<Condition> third =
        Conditions.of(TASK, second, START.plusSeconds(90))
            .set("Ready", true, "Alive", "there")
            .list();

    assertThat(first.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(second).singleElement().isNotEqualTo(first.get(0));
    assertThat(second.get(0).getReason()).isEqualTo("Silent");
    assertThat(second.get(0).getObservedGeneration()).isEqualTo(2);
    assertThat(second.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(third.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:01:30Z");
  }

  @Test
  void others_stay_and_one_without_a_status_is_unknown() {
    List<Condition> ready =
        Conditions.of(TASK, List.of(), START).set("Ready", true, "Alive", "").list();
    List<Condition> both =
        Conditions.of(TASK, ready, START).set("Healthy", null, "NotConnected", "").list();

    assertThat(both).hasSize(2).startsWith(ready.get(0));
    assertThat(both.get(1).getStatus()).isEqualTo("Unknown");
  }

  @Test
  void a_message_is_cut_to_what_a_reader_wants() {
    Condition condition =
        Conditions.of(TASK, List.of(), START)
            .set("Completed", false, "TaskError", "x".repeat(5_000))
            .list()
            .get(0);

    assertThat(condition.getMessage()).hasSize(1_024).endsWith("…");
  }
}
