package io.propeller.operator.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionNewsTest {

  @Test
  void another_reason_is_news_and_another_message_is_not() {
    List<Condition> before = List.of(condition("Completed", "False", "Running", "1 of 3"));

    assertThat(
            ConditionNews.between(
                before, List.of(condition("Completed", "False", "Running", "2 of 3")), false))
        .isEmpty();
    assertThat(
            ConditionNews.between(
                before, List.of(condition("Completed", "True", "Done", "3 of 3")), false))
        .contains(Happening.normal("Done", "3 of 3"));
  }

  @Test
  void of_several_changes_the_one_of_the_end_is_told() {
    assertThat(
            ConditionNews.between(
                List.of(),
                List.of(
                    condition("Accepted", "False", "InvalidSpec", "spec.kOfN is 0"),
                    condition("Completed", "False", "InvalidSpec", "spec.kOfN is 0")),
                true))
        .contains(Happening.warning("InvalidSpec", "spec.kOfN is 0"));
    assertThat(
            ConditionNews.between(
                List.of(condition("Accepted", "False", "NoStore", "there is no store")),
                List.of(
                    condition("Accepted", "True", "Accepted", "it can be carried out"),
                    condition("Completed", "False", "RoundStarted", "round 1 goes on")),
                false))
        .contains(Happening.normal("RoundStarted", "round 1 goes on"));
  }

  @Test
  void what_keeps_it_from_going_on_is_a_warning_and_told_again_when_it_is_over() {
    List<Condition> held = List.of(condition("Accepted", "False", "NoStore", "there is no store"));
    List<Condition> accepted = List.of(condition("Accepted", "True", "Accepted", "it can be"));

    assertThat(ConditionNews.between(List.of(), held, false))
        .contains(Happening.warning("NoStore", "there is no store"));
    assertThat(ConditionNews.between(held, accepted, false))
        .contains(Happening.normal("Accepted", "it can be"));
    assertThat(ConditionNews.between(List.of(), accepted, false)).isEmpty();
  }

  private static Condition condition(String type, String status, String reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .build();
  }
}
