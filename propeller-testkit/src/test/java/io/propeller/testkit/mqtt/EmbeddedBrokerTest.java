package io.propeller.testkit.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import org.junit.jupiter.api.Test;

@WithEmbeddedBroker
class EmbeddedBrokerTest extends BrokerServerContract {

  @Test
  void sessionsAreForgottenOverARestart(EmbeddedBroker broker) {
    Mqtt5BlockingClient client = client(broker, "forgotten");
    client.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
    client.disconnect();

    broker.kill();
    broker.restart();

    assertThat(client.connectWith().cleanStart(false).send().isSessionPresent()).isFalse();
    client.disconnect();
  }
}
