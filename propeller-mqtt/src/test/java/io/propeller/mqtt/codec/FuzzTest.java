package io.propeller.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FuzzTest {

  @Test
  void mutatedMessagesAreReadOrRefusedAndDoNothingElse() {
    assertThat(new Fuzzer(11).run(30_000)).isBetween(10_000, 29_999);
  }
}
