package io.propeller.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.Mosquitto;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is lost when the broker or the connection fails: nothing. */
class LossIT {

  private static final Channel CHANNEL = Channel.of("loss", "c1");

  private final Ear ear = new Ear();
  private Mosquitto broker;
  private CuttingProxy proxy;
  private OperatorChannel operator;
  private WorkerChannel worker;

  @BeforeEach
  void open() throws IOException {
    broker = Mosquitto.start();
    proxy = new CuttingProxy(broker.address());
    operator = open(proxy.address(), Duration.ofSeconds(30));
    worker =
        MqttBroker.of(options(broker.address()))
            .open(
                WorkerChannelOptions.builder().channel(CHANNEL).id(PropletId.of("p1")).build(),
                new Hand());
    Eventually.until(
        "connected",
        () ->
            operator.status().state() instanceof ConnectionState.Connected
                && worker.state() instanceof ConnectionState.Connected);
  }

  @AfterEach
  void close() throws IOException {
    operator.close();
    worker.close();
    proxy.close();
    broker.close();
  }

  @Test
  void aBrokerThatIsKilledAndStartedAgainLosesNothing() throws Exception {
    send(0, 200);
    Set<TaskId> received = receive(100);

    broker.kill();
    Eventually.until(
        "disconnected", () -> !(operator.status().state() instanceof ConnectionState.Connected));
    send(200, 400);
    broker.restart();

    received.addAll(receiveUntil(400, received));
    assertThat(received).hasSize(400);
    assertThat(ear.states).contains(new ConnectionState.Connected(ConnectionState.Session.RESUMED));
  }

  @Test
  void aConnectionCutAtAnyPointLosesNothing() throws Exception {
    Set<TaskId> received = new HashSet<>();
    int sent = 0;
    for (int bytes = 0; bytes < 400; bytes += 13) {
      proxy.cutAfter(bytes);
      send(sent, sent + 5);
      sent += 5;
      proxy.heal();
      received.addAll(receiveUntil(sent, received));
    }

    assertThat(received).hasSize(sent);
  }

  @Test
  void aWorkersConnectionCutAtAnyPointLosesNothing() throws Exception {
    try (WorkerChannel second =
        MqttBroker.of(options(proxy.address()))
            .open(
                WorkerChannelOptions.builder().channel(CHANNEL).id(PropletId.of("p3")).build(),
                new Hand())) {
      Set<TaskId> received = new HashSet<>();
      int sent = 0;
      for (int bytes = 0; bytes < 100; bytes += 3) {
        proxy.cutAfter(bytes);
        for (int i = 0; i < 5; i++) {
          second.publish(BrokerContract.result("t" + sent++));
        }
        proxy.heal();
        received.addAll(receiveUntil(sent, received));
      }

      assertThat(received).hasSize(sent);
    }
  }

  @Test
  void aMessageHeldOverALostConnectionDoesNotStopThoseAfterIt() throws Exception {
    send(0, 101);
    Delivery<Result> held = Ear.next(ear.results);

    proxy.cut();
    Set<TaskId> received = receiveUntil(101, new HashSet<>());
    held.acknowledge();
    send(101, 300);
    received.addAll(receiveUntil(300, received));

    assertThat(received).hasSize(300);
  }

  @Test
  void aDeliveryThatIsForgottenIsDeliveredAgain() throws Exception {
    operator.close();
    operator = open(proxy.address(), Duration.ofMillis(300));
    send(0, 1);

    Delivery<Result> forgotten = Ear.next(ear.results);
    Delivery<Result> again = Ear.next(ear.results);

    assertThat(again.repeated()).isTrue();
    assertThat(again.message()).isEqualTo(forgotten.message());
    again.acknowledge();
  }

  @Test
  void whatIsHandedOutTwiceSaysSo() throws Exception {
    send(0, 50);
    Set<TaskId> handedOut = new HashSet<>();
    List<Delivery<Result>> open = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      open.add(Ear.next(ear.results));
      handedOut.add(open.get(i).message().taskId());
      assertThat(open.get(i).repeated()).isFalse();
    }

    proxy.cut();

    for (int i = 0; i < 50; i++) {
      Delivery<Result> again = Ear.next(ear.results);
      assertThat(again.repeated()).isTrue();
      assertThat(handedOut).contains(again.message().taskId());
      again.acknowledge();
    }
  }

  @Test
  void aWorkerThatIsCutOffHasALastWill() throws Exception {
    WorkerChannel second =
        MqttBroker.of(options(proxy.address()))
            .open(
                WorkerChannelOptions.builder().channel(CHANNEL).id(PropletId.of("p2")).build(),
                new Hand());
    Eventually.until("connected", () -> second.state() instanceof ConnectionState.Connected);
    OperatorChannel direct = open(broker.address(), Duration.ofSeconds(30));
    Eventually.until(
        "connected", () -> direct.status().telemetry() instanceof ConnectionState.Connected);

    proxy.cut();

    assertThat(Ear.next(ear.alives).status()).isEqualTo(Alive.Status.OFFLINE);
    second.close();
    direct.close();
  }

  private OperatorChannel open(BrokerAddress address, Duration acknowledgeWithin) {
    return MqttBroker.of(options(address))
        .open(
            OperatorChannelOptions.builder()
                .channel(CHANNEL)
                .acknowledgeWithin(acknowledgeWithin)
                .build(),
            ear);
  }

  private static BrokerOptions options(BrokerAddress address) {
    return BrokerOptions.builder()
        .address(address)
        .connectTimeout(Duration.ofSeconds(2))
        .minBackoff(Duration.ofMillis(20))
        .maxBackoff(Duration.ofMillis(200))
        .build();
  }

  private void send(int from, int to) {
    for (int i = from; i < to; i++) {
      worker.publish(BrokerContract.result("t" + i));
    }
  }

  private Set<TaskId> receive(int count) throws InterruptedException {
    Set<TaskId> received = new HashSet<>();
    while (received.size() < count) {
      Delivery<Result> delivery = Ear.next(ear.results);
      received.add(delivery.message().taskId());
      delivery.acknowledge();
    }
    return received;
  }

  /** Receives and acknowledges until, with those given, there are as many as that. */
  private Set<TaskId> receiveUntil(int total, Set<TaskId> before) throws InterruptedException {
    Set<TaskId> received = new HashSet<>(before);
    while (received.size() < total) {
      Delivery<Result> delivery = ear.results.poll(20, TimeUnit.SECONDS);
      assertThat(delivery).as("after %d of %d", received.size(), total).isNotNull();
      received.add(delivery.message().taskId());
      delivery.acknowledge();
    }
    return received;
  }
}
