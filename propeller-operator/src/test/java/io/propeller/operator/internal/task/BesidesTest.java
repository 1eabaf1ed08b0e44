package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskSpec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BesidesTest {

  private static final Instant DUE = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void the_run_does_the_same_work_once_and_is_in_nobodys_way() {
    Task run = Besides.of(recurring("report"), DUE, Map.of("INPUT_RESULT", "7", "LEVEL", "low"));

    TaskSpec spec = run.getSpec();
    assertThat(run.getMetadata().getName()).isEqualTo("report-" + DUE.getEpochSecond() / 60);
    assertThat(spec.getName()).isEqualTo("report");
    assertThat(spec.getInputs()).containsExactly("1");
    assertThat(spec.getEnv())
        .containsExactlyInAnyOrderEntriesOf(Map.of("INPUT_RESULT", "7", "LEVEL", "high"));
    assertThat(spec.isRecurring()).isFalse();
    assertThat(spec.getSchedule()).isNull();
    assertThat(spec.getDependsOn()).isEmpty();
    assertThat(spec.getWorkflowId()).isNull();
    assertThat(spec.getTtlSecondsAfterFinished()).isEqualTo(Besides.KEPT_SECONDS);
    assertThat(run.getStatus()).isNull();
  }

  @Test
  void equal_runs_have_equal_names_and_others_have_others_however_long_the_name_is() {
    Task task = recurring("r".repeat(253));

    String name = Besides.of(task, DUE, Map.of()).getMetadata().getName();
    assertThat(name).hasSize(253);
    assertThat(Besides.of(task, DUE, Map.of()).getMetadata().getName()).isEqualTo(name);
    assertThat(Besides.of(task, DUE.plusSeconds(60), Map.of()).getMetadata().getName())
        .isNotEqualTo(name);
  }

  private static Task recurring(String name) {
    return new TaskBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("field")
        .withUid("b64502f0-25bc-4926-8fbc-ad508f75d96c")
        .endMetadata()
        .withNewSpec()
        .withInputs("1")
        .withEnv(Map.of("LEVEL", "high"))
        .withRecurring(true)
        .withSchedule("0 8 * * *")
        .withWorkflowId("nightly")
        .withDependsOn("input")
        .endSpec()
        .build();
  }
}
