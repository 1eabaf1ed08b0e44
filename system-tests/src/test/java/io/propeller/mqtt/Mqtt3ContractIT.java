package io.propeller.mqtt;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ImmutableBrokerOptions;
import io.propeller.testkit.mqtt.Mosquitto;
import io.propeller.testkit.mqtt.WithMosquitto;
import org.junit.jupiter.api.BeforeEach;

/** The contract over MQTT 3.1.1, which has no word for a session that is taken over. */
@WithMosquitto
class Mqtt3ContractIT extends MqttBrokerContract {

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

  @Override
  ImmutableBrokerOptions.Builder broker(BrokerAddress at) {
    return super.broker(at).version(BrokerOptions.Version.MQTT_3_1_1);
  }
}
