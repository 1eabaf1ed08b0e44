package io.propeller.mqtt;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.testkit.mqtt.EmbeddedBroker;
import io.propeller.testkit.mqtt.WithEmbeddedBroker;
import org.junit.jupiter.api.BeforeEach;

/** The contract over WebSocket. */
@WithEmbeddedBroker
class WebSocketContractIT extends MqttBrokerContract {

  private BrokerAddress address;

  @BeforeEach
  void use(EmbeddedBroker broker) {
    address = broker.webSocketAddress();
  }

  @Override
  BrokerAddress address() {
    return address;
  }
}
