package io.propeller.operator.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.operator.internal.event.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

  private Optional<String> access = Optional.empty();
  private Optional<String> broker = Optional.empty();
  private final List<Happening> told = new ArrayList<>();
  private final Complaints complaints =
      new Complaints(
          () ->
              List.of(
                  new HealthCheck("access", () -> access), new HealthCheck("broker", () -> broker)),
          told::add);

  @Test
  void there_is_nothing_to_say_while_all_is_well() {
    look(9);

    assertThat(told).isEmpty();
  }

  @Test
  void a_problem_is_told_once_when_it_lasts() {
    broker = Optional.of("refused");
    look(Complaints.LASTS - 1);
    assertThat(told).isEmpty();
    look(3);

    assertThat(told).containsExactly(Happening.warning("NotReady", "broker: refused"));
  }

  @Test
  void what_is_soon_over_is_not_told() {
    broker = Optional.of("refused");
    look(Complaints.LASTS - 1);
    broker = Optional.empty();
    look(9);

    assertThat(told).isEmpty();
  }

  @Test
  void another_problem_and_the_end_of_all_are_told() {
    broker = Optional.of("refused");
    look(Complaints.LASTS);
    access = Optional.of("forbidden");
    look(Complaints.LASTS);
    access = Optional.empty();
    broker = Optional.empty();
    look(Complaints.LASTS);

    assertThat(told)
        .extracting(Happening::message)
        .containsExactly(
            "broker: refused", "access: forbidden; broker: refused", "can do its part again");
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      complaints.look();
    }
  }
}
