package io.propeller.testkit.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.proplet.WasmPropletOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropletVariablesTest {

  private static final Map<String, String> LEAST =
      Map.of(
          "PROPLET_MQTT_ADDRESS", "tcp://broker:1884",
          "PROPLET_DOMAIN_ID", "domain",
          "PROPLET_CHANNEL_ID", "channel",
          "PROPLET_CLIENT_ID", "me");

  @Test
  void the_least_is_where_and_who() {
    WasmPropletOptions options = PropletVariables.read(LEAST);

    assertThat(options.broker()).isEqualTo(new BrokerAddress("broker", 1884, false, null));
    assertThat(options.channel()).isEqualTo(Channel.of("domain", "channel"));
    assertThat(options.id().value()).isEqualTo("me");
    assertThat(options.credentials()).isEmpty();
    assertThat(options.heartbeat()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void later_names_mean_the_same() {
    WasmPropletOptions options =
        PropletVariables.read(
            Map.of(
                "PROPLET_MQTT_ADDRESS", "tcp://broker:1884",
                "PROPLET_TENANT_ID", "domain",
                "PROPLET_CHANNEL_ID", "channel",
                "PROPLET_ENTITY_ID", "me"));

    assertThat(options).isEqualTo(PropletVariables.read(LEAST));
  }

  @Test
  void the_key_is_the_password_of_the_identity() throws IOException {
    WasmPropletOptions options = PropletVariables.read(with("PROPLET_CLIENT_KEY", "opens"));

    assertThat(options.credentials().orElseThrow().username().reveal()).isEqualTo("me");
    assertThat(options.credentials().orElseThrow().password().reveal()).isEqualTo("opens");
    assertThat(options).asString().doesNotContain("opens");
  }

  @Test
  void settings_of_the_Proplet_are_taken() {
    assertThat(PropletVariables.read(with("PROPLET_LIVELINESS_INTERVAL", "1m30s")).heartbeat())
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(PropletVariables.read(with("PROPLET_TAGS", "a,b")).tags()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource({
    "PROPLET_MQTT_ADDRESS, '', PROPLET_MQTT_ADDRESS is not set",
    "PROPLET_MQTT_ADDRESS, smtp://broker, 'PROPLET_MQTT_ADDRESS is ''smtp://broker'': a broker'",
    "PROPLET_DOMAIN_ID, '', PROPLET_DOMAIN_ID or PROPLET_TENANT_ID is not set",
    "PROPLET_LIVELINESS_INTERVAL, soon, 'PROPLET_LIVELINESS_INTERVAL is ''soon'': a duration is'"
  })
  void a_variable_that_is_missing_or_wrong_is_named(String name, String value, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PropletVariables.read(with(name, value)))
        .withMessageContaining(complaint);
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> environment = new HashMap<>(LEAST);
    environment.put(name, value);
    return environment;
  }
}
