package io.propeller.mqtt;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.testkit.mqtt.EmbeddedBroker;
import io.propeller.testkit.mqtt.WithEmbeddedBroker;
import org.junit.jupiter.api.BeforeEach;

@WithEmbeddedBroker
class EmbeddedBrokerIT extends MqttBrokerContract {

  private BrokerAddress address;

  @BeforeEach
  void use(EmbeddedBroker broker) {
    address = broker.address();
  }

  @Override
  BrokerAddress address() {
    return address;
  }
}
