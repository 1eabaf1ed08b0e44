package io.propeller.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {

  @Test
  void readsEveryForm() {
    assertThat(BrokerAddress.parse("tcp://h:1")).isEqualTo(new BrokerAddress("h", 1, false, null));
    assertThat(BrokerAddress.parse("mqtt://h"))
        .isEqualTo(new BrokerAddress("h", 1883, false, null));
    assertThat(BrokerAddress.parse("ssl://h")).isEqualTo(new BrokerAddress("h", 8883, true, null));
    assertThat(BrokerAddress.parse("MQTTS://h:1")).isEqualTo(new BrokerAddress("h", 1, true, null));
    assertThat(BrokerAddress.parse("h:1884")).isEqualTo(new BrokerAddress("h", 1884, false, null));
    assertThat(BrokerAddress.parse("h")).isEqualTo(new BrokerAddress("h", 1883, false, null));
    assertThat(BrokerAddress.parse("[::1]:1884"))
        .isEqualTo(new BrokerAddress("::1", 1884, false, null));
    assertThat(BrokerAddress.parse("ws://h/mqtt"))
        .isEqualTo(new BrokerAddress("h", 80, false, "mqtt"));
    assertThat(BrokerAddress.parse("wss://h:9443"))
        .isEqualTo(new BrokerAddress("h", 9443, true, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://h",
        "tcp://",
        "tcp://h:0",
        "tcp://h:70000",
        "tcp://h/path",
        "tcp://u:p@h",
        "ws://h/mqtt?x=1",
        "h:port",
        "tcp://a b"
      })
  void refusesAllElse(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> BrokerAddress.parse(address));
  }

  @Test
  void aRefusalDoesNotRepeatAPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerAddress.parse("tcp://user:hunter2@h"))
        .withMessageNotContaining("hunter2");
  }
}
