package io.propeller.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptIdTest {

  private static final String TASK = "b64502f0-25bc-4926-8fbc-ad508f75d96c";

  @Test
  void the_first_attempt_is_the_task_itself_and_later_ones_are_numbered() {
    assertThat(new AttemptId(TASK, 1).wire()).isEqualTo(TASK);
    assertThat(new AttemptId(TASK, 2).wire()).isEqualTo(TASK + "-2");
  }

  @Property(tries = 200)
  void what_is_written_is_read(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(min = 1, max = 999_999_999) int n) {
    AttemptId attempt = new AttemptId(new UUID(high, low).toString(), n);

    assertThat(AttemptId.parse(attempt.wire())).contains(attempt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "task-1",
        TASK + "-",
        TASK + "-0",
        TASK + "-1",
        TASK + "-02",
        TASK + "-x",
        TASK + "-2-3",
        TASK + "-9999999999",
        " " + TASK
      })
  void anything_else_is_no_attempt(String wire) {
    assertThat(AttemptId.parse(wire)).isEmpty();
  }

  @Test
  void a_task_that_is_no_UUID_is_refused() {
    assertThatThrownBy(() -> new AttemptId("demo", 1)).hasMessageContaining("'demo'");
    assertThatThrownBy(() -> new AttemptId(TASK, 0)).hasMessageContaining("0");
  }
}
