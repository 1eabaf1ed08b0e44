package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.api.v1.TrainingRound;
import io.propeller.mqtt.message.ImmutableRoundStart;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.RoundStart;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RequestedRoundTest {

  @Test
  void all_that_the_coordinator_says_is_in_the_round() {
    TrainingRound round =
        of(
            message("round-3")
                .experimentId("My Experiment")
                .modelUri("fl/models/global_model_v2")
                .addParticipants(PropletId.of("id-a"), PropletId.of("id-b"), PropletId.of("id-c"))
                .hyperparams(Json.parse("{\"lr\":0.5}"))
                .kOfN(2)
                .timeout(Duration.ofSeconds(90))
                .build());

    assertThat(round.getMetadata().getNamespace()).isEqualTo("lab");
    assertThat(round.getMetadata().getName()).matches("round-3-my-experiment-[0-9a-f]{8}");
    assertThat(round.getSpec().getRoundId()).isEqualTo("round-3");
    assertThat(round.getSpec().getFederatedJobRef().getName()).isEqualTo("my-experiment");
    assertThat(round.getSpec().getModelRef()).isEqualTo("fl/models/global_model_v2");
    assertThat(round.getSpec().getTaskWasmImage()).isEqualTo("https://example.com/t.wasm");
    assertThat(round.getSpec().getParticipants()).containsExactly("a", "b", "c");
    assertThat(round.getSpec().getHyperparams().get("lr").doubleValue()).isEqualTo(0.5);
    assertThat(round.getSpec().getRequiredUpdates()).isEqualTo(2);
    assertThat(round.getSpec().getTimeoutSeconds()).isEqualTo(90);
  }

  @Test
  void what_it_does_not_say_is_five_minutes_and_an_update_of_each() {
    TrainingRound round =
        of(
            message("7")
                .addParticipants(PropletId.of("id-a"), PropletId.of("id-a"), PropletId.of("id-b"))
                .modelUri("")
                .build());

    assertThat(round.getSpec().getParticipants()).containsExactly("a", "b");
    assertThat(round.getSpec().getRequiredUpdates()).isEqualTo(2);
    assertThat(round.getSpec().getTimeoutSeconds()).isEqualTo(300);
    assertThat(round.getSpec().getModelRef()).isNull();
    assertThat(round.getSpec().getHyperparams()).isNull();
    assertThat(round.getSpec().getFederatedJobRef().getName()).isEqualTo("7");
  }

  @Test
  void less_than_a_second_is_one() {
    TrainingRound round =
        of(
            message("1")
                .addParticipants(PropletId.of("id-a"))
                .timeout(Duration.ofMillis(10))
                .build());

    assertThat(round.getSpec().getTimeoutSeconds()).isEqualTo(1);
  }

  @Test
  void without_a_module_or_participants_there_is_no_round() {
    assertThatThrownBy(
            () ->
                of(
                    RoundStart.builder()
                        .roundId(RoundId.of("1"))
                        .addParticipants(PropletId.of("id-a"))
                        .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("task_wasm_image is missing");
    assertThatThrownBy(() -> of(message("1").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("participants is empty");
  }

  @Property(tries = 300)
  void the_same_message_gives_a_round_of_the_same_legal_name_and_another_one_of_another(
      @ForAll @StringLength(min = 1, max = 300) String id,
      @ForAll @StringLength(max = 300) String experiment) {
    var builder =
        RoundStart.builder()
            .experimentId(experiment)
            .taskWasmImage("https://example.com/t.wasm")
            .addParticipants(PropletId.of("id-a"));
    RoundStart message;
    try {
      message = builder.roundId(RoundId.of(id)).build();
    } catch (IllegalArgumentException e) {
      return; // No message can carry such a name.
    }
    TrainingRound round = of(message);

    assertThat(name(of(message))).isEqualTo(name(round));
    assertThat(name(round)).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(253);
    assertThat(round.getSpec().getFederatedJobRef().getName())
        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    assertThat(name(of(RoundStart.builder().from(message).kOfN(1).build())))
        .isNotEqualTo(name(round));
  }

  private static TrainingRound of(RoundStart message) {
    return RequestedRound.of(message, "lab", identity -> identity.value().replaceFirst("^id-", ""));
  }

  private static String name(TrainingRound round) {
    return round.getMetadata().getName();
  }

  private static ImmutableRoundStart.Builder message(String round) {
    return RoundStart.builder()
        .roundId(RoundId.of(round))
        .taskWasmImage("https://example.com/t.wasm");
  }
}
