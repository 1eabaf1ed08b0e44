package io.propeller.fl.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoundIdTest {

  @Test
  void allWaysToWriteANumberedRoundAreOne() {
    for (String text : new String[] {"round-3", "3", " 3 ", "round-03", "003"}) {
      assertThat(RoundId.parse(text)).isEqualTo(RoundId.of(3));
    }
    assertThat(RoundId.parse("round-0")).isEqualTo(RoundId.of(0));
  }

  @Test
  void anyOtherTextIsItself() {
    assertThat(RoundId.parse("round-3-cats").value()).isEqualTo("round-3-cats");
    assertThat(RoundId.parse("-3")).isNotEqualTo(RoundId.of(3));
    assertThat(RoundId.parse("Round-3")).isNotEqualTo(RoundId.of(3));
  }

  @Test
  void whatIsNoIdIsRefused() {
    assertThatThrownBy(() -> RoundId.parse(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RoundId.parse("a\u0000b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RoundId.parse("x".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
