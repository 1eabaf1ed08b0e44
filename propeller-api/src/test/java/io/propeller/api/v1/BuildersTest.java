package io.propeller.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;

class BuildersTest {

  @Test
  void aTaskIsBuiltLikeAPod() {
    Task task =
        new TaskBuilder()
            .withNewMetadata()
            .withName("add")
            .endMetadata()
            .withNewSpec()
            .withFunctionName("main")
            .addToInputs("10", "32")
            .withNewPropletSelector()
            .addToMatchCapabilities("gpio")
            .endPropletSelector()
            .withNewResourceRequirements()
            .withCpu(Quantity.parse("500m"))
            .endResourceRequirements()
            .endSpec()
            .build();

    assertThat(task.getMetadata().getName()).isEqualTo("add");
    assertThat(task.getSpec().getInputs()).containsExactly("10", "32");
    assertThat(task.getSpec().getPriority()).isEqualTo(50);
    assertThat(new TaskBuilder(task).build()).isEqualTo(task).hasToString(task.toString());
    assertThat(new TaskBuilder(task).editSpec().withPriority(51).endSpec().build())
        .isNotEqualTo(task);
  }
}
