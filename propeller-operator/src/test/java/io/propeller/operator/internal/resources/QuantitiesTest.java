package io.propeller.operator.internal.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.propeller.api.v1.ResourceAmounts;
import io.propeller.api.v1.ResourceAmountsBuilder;
import io.propeller.scheduler.model.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

  @Test
  void needs_are_in_thousandths_of_a_CPU_and_in_bytes_rounded_up() {
    ResourceAmounts amounts =
        new ResourceAmountsBuilder()
            .withCpu(new Quantity("0.0005"))
            .withMemory(new Quantity("256Mi"))
            .withCustom(Map.of("gpu", new Quantity("2")))
            .build();

    assertThat(Quantities.needs("spec", amounts))
        .isEqualTo(Resources.of(1, 256L << 20, Map.of("gpu", 2L)));
  }

  @Test
  void what_is_not_needed_is_nothing_and_what_is_not_named_as_had_is_unlimited() {
    assertThat(Quantities.needs("spec", null)).isEqualTo(Resources.NONE);
    assertThat(Quantities.capacity("spec", Map.of())).isEqualTo(Resources.UNLIMITED);
    assertThat(Quantities.capacity("spec", Map.of("cpu", new Quantity("2"))))
        .isEqualTo(Resources.of(2_000, Long.MAX_VALUE));
  }

  @Test
  void what_is_no_quantity_is_named_with_its_field() {
    assertThatThrownBy(
            () -> Quantities.capacity("spec.resources", Map.of("cpu", new Quantity("lots"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spec.resources.cpu is 'lots', which is not a quantity such as 500m or 256Mi");
  }
}
