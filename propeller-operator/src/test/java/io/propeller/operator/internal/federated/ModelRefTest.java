package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelRefTest {

  @Test
  void what_is_written_is_read_back() {
    ModelRef reference = new ModelRef("default", "my.job", 12);
    assertThat(reference).hasToString("fl/default/my.job/global_model_v12");
    assertThat(ModelRef.parse(reference.toString())).contains(reference);
  }

  @ParameterizedTest
  @CsvSource({
    "fl/models/global_model_v3, 3",
    "fl/models/global_model_v0, 0",
    "global_model_v0012, 12",
    "https://example.com/models/12/latest, 0",
    "'', 0",
    "model7b, 0"
  })
  void the_number_is_what_workers_read(String uri, int number) {
    assertThat(ModelRef.numberOf(uri)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "fl/models/global_model_v3",
    "fl/a/b/global_model_v",
    "fl/a/../global_model_v1x",
    "x"
  })
  void anything_else_is_none_of_ours(String text) {
    assertThat(ModelRef.parse(text)).isEmpty();
  }
}
