package io.propeller.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.propeller.mqtt.client.Broker;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ImmutableBrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import java.time.Duration;

/** What holds for the channels of every broker over MQTT. */
abstract class MqttBrokerContract extends BrokerContract {

  abstract BrokerAddress address();

  ImmutableBrokerOptions.Builder broker(BrokerAddress address) {
    return BrokerOptions.builder()
        .address(address)
        .connectTimeout(Duration.ofSeconds(5))
        .minBackoff(Duration.ofMillis(20))
        .maxBackoff(Duration.ofMillis(200));
  }

  @Override
  Broker broker() {
    return MqttBroker.of(broker(address()).build());
  }

  @Override
  void publish(String topic, byte[] payload) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost(address().host())
            .serverPort(address().port())
            .buildBlocking();
    client.connect();
    client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
    client.disconnect();
  }
}
