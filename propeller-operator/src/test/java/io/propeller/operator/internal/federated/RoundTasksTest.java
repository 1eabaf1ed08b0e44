package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundTasksTest {

  private static final FederatedJob JOB =
      new FederatedJobBuilder()
          .withNewMetadata()
          .withName("study")
          .withUid("1")
          .endMetadata()
          .withNewSpec()
          .withTaskFile("AGFzbQEAAAA=")
          .endSpec()
          .build();

  @Test
  void a_task_has_the_module_of_its_round_or_else_of_its_job() {
    assertThat(task(round("https://example.com/train.wasm"), Optional.of(JOB)).getSpec())
        .returns("https://example.com/train.wasm", spec -> spec.getImageUrl())
        .returns(null, spec -> spec.getFile());
    assertThat(task(round(null), Optional.of(JOB)).getSpec().getFile()).isEqualTo("AGFzbQEAAAA=");
  }

  @Test
  void no_task_is_made_while_the_job_that_has_the_module_is_not_known() {
    assertThatThrownBy(() -> task(round(null), Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the module of round-1-study is not at hand");
  }

  private static Task task(TrainingRound round, Optional<FederatedJob> job) {
    return RoundTasks.task(round, "edge", job, Map.of());
  }

  private static TrainingRound round(String image) {
    return new TrainingRoundBuilder()
        .withNewMetadata()
        .withName("round-1-study")
        .withUid("2")
        .endMetadata()
        .withNewSpec()
        .withTaskWasmImage(image)
        .endSpec()
        .build();
  }
}
