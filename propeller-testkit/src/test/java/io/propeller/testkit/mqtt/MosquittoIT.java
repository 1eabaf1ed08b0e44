package io.propeller.testkit.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@WithMosquitto
class MosquittoIT extends BrokerServerContract {

  private static final int MESSAGES = 500;

  @Test
  void acknowledgedMessagesForAnAbsentSessionSurviveAKill(Mosquitto broker)
      throws InterruptedException {
    Mqtt5BlockingClient absent = client(broker, "absent");
    absent.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
    absent.subscribeWith().topicFilter("kept").qos(MqttQos.AT_LEAST_ONCE).send();
    absent.disconnect();
    Mqtt5BlockingClient sender = client(broker, "sender");
    sender.connect();
    for (int i = 0; i < MESSAGES; i++) {
      sender
          .publishWith()
          .topic("kept")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(new byte[] {(byte) (i >> 8), (byte) i})
          .send();
    }
    // The broker saves before it looks for the next packet, so this answer means that it has saved.
    sender.publishWith().topic("other").qos(MqttQos.AT_LEAST_ONCE).send();

    broker.kill();
    broker.restart();

    Set<Integer> received = new HashSet<>();
    try (var publishes = absent.publishes(MqttGlobalPublishFilter.ALL)) {
      assertThat(absent.connectWith().cleanStart(false).send().isSessionPresent()).isTrue();
      while (received.size() < MESSAGES) {
        Optional<Mqtt5Publish> next = publishes.receive(10, TimeUnit.SECONDS);
        assertThat(next).as("message after %d", received.size()).isPresent();
        byte[] payload = next.orElseThrow().getPayloadAsBytes();
        received.add(((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF));
      }
    }
    absent.disconnect();
  }

  @Test
  void workersAreKeptToTheirOwnTopicsByTheAccessControlList() {
    // The user name is what counts; without a password file the broker believes it.
    try (Mosquitto guarded = guarded()) {
      Mqtt5BlockingClient worker = client(guarded, "worker");
      worker
          .connectWith()
          .simpleAuth()
          .username("proplet-1")
          .password("any".getBytes(StandardCharsets.UTF_8))
          .applySimpleAuth()
          .send();

      assertThat(isAccepted(worker, "m/d/c/c/control/proplet/results")).isTrue();
      assertThat(isAccepted(worker, "m/d/c/c/fl/rounds/r/updates/proplet-1")).isTrue();
      assertThat(isAccepted(worker, "m/d/c/c/fl/rounds/r/updates/proplet-2")).isFalse();
      assertThat(isAccepted(worker, "m/d/c/c/control/manager/start")).isFalse();
    }
  }

  private static Mosquitto guarded() {
    try {
      Path list = Files.createTempFile("propeller", ".acl");
      Files.writeString(list, Mosquitto.accessControl());
      list.toFile().deleteOnExit();
      return Mosquitto.start(List.of("acl_file " + list));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAccepted(Mqtt5BlockingClient client, String topic) {
    try {
      client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).send();
      return true;
    } catch (Mqtt5PubAckException refused) {
      return false;
    }
  }
}
