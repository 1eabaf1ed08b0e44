package io.propeller.testkit.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every broker of the testkit does. */
abstract class BrokerServerContract {

  @Test
  void aMessageReachesASubscriber(BrokerServer broker) throws InterruptedException {
    Mqtt5BlockingClient client = client(broker, "subscriber");
    client.connect();
    try (var publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
      client.subscribeWith().topicFilter("contract/a").send();
      client.publishWith().topic("contract/a").payload("hello".getBytes(UTF_8)).send();

      Optional<Mqtt5Publish> received = publishes.receive(10, TimeUnit.SECONDS);

      assertThat(received.orElseThrow().getPayloadAsBytes()).asString(UTF_8).isEqualTo("hello");
    }
    client.disconnect();
  }

  @Test
  void clientsOfMqtt3ConnectToo(BrokerServer broker) {
    Mqtt3BlockingClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("old")
            .serverHost(broker.address().host())
            .serverPort(broker.address().port())
            .buildBlocking();

    assertThat(client.connect().getReturnCode().isError()).isFalse();

    client.disconnect();
  }

  @Test
  void aKilledBrokerRefusesConnectionsUntilItsRestartOnTheSamePort(BrokerServer broker) {
    Mqtt5BlockingClient client = client(broker, "patient");

    broker.kill();

    assertThatExceptionOfType(ConnectionFailedException.class).isThrownBy(client::connect);
    broker.restart();
    assertThat(client.connect().getReasonCode().isError()).isFalse();
    client.disconnect();
  }

  @Test
  void aRunningBrokerIsNotStartedASecondTime(BrokerServer broker) {
    assertThatIllegalStateException().isThrownBy(broker::restart).withMessageContaining("kill()");
  }

  static Mqtt5BlockingClient client(BrokerServer broker, String id) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost(broker.address().host())
        .serverPort(broker.address().port())
        .buildBlocking();
  }
}
