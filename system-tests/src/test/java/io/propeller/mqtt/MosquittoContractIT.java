package io.propeller.mqtt;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.testkit.mqtt.Mosquitto;
import io.propeller.testkit.mqtt.WithMosquitto;
import org.junit.jupiter.api.BeforeEach;

@WithMosquitto
class MosquittoContractIT extends MqttBrokerContract {

  private BrokerAddress address;

  @BeforeEach
  void use(Mosquitto broker) {
    address = broker.address();
  }

  @Override
  boolean saysWhoTookOver() {
    return false;
  }

  @Override
  BrokerAddress address() {
    return address;
  }
}
