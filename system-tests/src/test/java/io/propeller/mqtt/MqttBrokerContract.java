package io.propeller.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.propeller.mqtt.client.Broker;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.ImmutableBrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.Qos;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    MqttClientBuilder builder =
        MqttClient.builder().serverHost(address().host()).serverPort(address().port());
    if (address().webSocketPath() != null) {
      builder = builder.webSocketConfig().serverPath("mqtt").applyWebSocketConfig();
    }
    Mqtt5BlockingClient client = builder.useMqttVersion5().buildBlocking();
    client.connect();
    client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
    client.disconnect();
  }

  @ParameterizedTest
  @EnumSource(Qos.class)
  void messagesArriveWithEachQualityOfService(Qos qos) throws Exception {
    Ear ear = new Ear();
    OperatorChannel operator = keep(broker().open(options().qos(qos).build(), ear));
    Hand hand = new Hand();
    WorkerChannel worker =
        keep(
            broker()
                .open(
                    WorkerChannelOptions.builder()
                        .channel(channel)
                        .id(PropletId.of("p-" + channel.id()))
                        .qos(qos)
                        .build(),
                    hand));
    Eventually.until(
        "connected",
        () ->
            operator.status().state() instanceof ConnectionState.Connected
                && worker.state() instanceof ConnectionState.Connected);

    publish(operator, start("t1", Target.broadcast()));
    worker.publish(result("t1")).toCompletableFuture().get(20, TimeUnit.SECONDS);

    assertThat(Ear.next(hand.starts).id()).isEqualTo(TaskId.of("t1"));
    Delivery<Result> delivery = Ear.next(ear.results);
    assertThat(delivery.message()).isEqualTo(result("t1"));
    delivery.acknowledge();
  }

  @Test
  void aListenerThatHoldsTooMuchGetsNoMoreUntilItLetsGo() throws Exception {
    int limit = 5_000;
    Ear ear = new Ear();
    OperatorChannel operator =
        keep(broker().open(options().maxUnacknowledgedBytes(limit).build(), ear));
    WorkerChannel worker = worker("p-" + channel.id(), new Hand());
    Eventually.until(
        "connected", () -> operator.status().state() instanceof ConnectionState.Connected);
    int size = 1_000;
    CompletionStage<Void> sent = CompletableFuture.completedStage(null);
    for (int i = 0; i < 60; i++) {
      sent =
          worker.publish(
              Result.builder()
                  .taskId(TaskId.of("t" + i))
                  .output(TaskOutput.text("x".repeat(size)))
                  .build());
    }
    sent.toCompletableFuture().get(20, TimeUnit.SECONDS);

    Set<TaskId> handled = new HashSet<>();
    while (handled.size() < 60) {
      Delivery<Result> delivery = Ear.next(ear.results);
      assertThat(operator.status().unacknowledged()).isLessThanOrEqualTo(limit / size + 1);
      assertThat(handled.add(delivery.message().taskId()) || delivery.repeated()).isTrue();
      delivery.acknowledge();
    }
  }
}
