package io.propeller.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.mqtt.client.Broker;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.ImmutableOperatorChannelOptions;
import io.propeller.mqtt.client.NotConnectedException;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.client.Refusal;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.codec.EncodeException;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Subtopic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for the channels of every broker. */
abstract class BrokerContract {

  private static final AtomicInteger CHANNELS = new AtomicInteger();

  final Channel channel = Channel.of("contract", "c" + CHANNELS.incrementAndGet());
  private final List<AutoCloseable> opened = new ArrayList<>();

  abstract Broker broker();

  /** Publishes any bytes on any topic. */
  abstract void publish(String topic, byte[] payload);

  /**
   * Returns whether the broker tells a client that another one has taken its id; some only close
   * its connection.
   */
  boolean saysWhoTookOver() {
    return true;
  }

  @AfterEach
  void closeChannels() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  @Test
  void aStartReachesItsTargetAndNoOther() throws Exception {
    OperatorChannel operator = connected(new Ear());
    Hand first = new Hand();
    Hand second = new Hand();
    worker("p1", first);
    worker("p2", second);

    publish(operator, start("t1", Target.proplet(PropletId.of("p2"))));
    publish(operator, start("t2", Target.broadcast()));

    assertThat(Ear.next(second.starts).id()).isEqualTo(TaskId.of("t1"));
    assertThat(Ear.next(second.starts).id()).isEqualTo(TaskId.of("t2"));
    assertThat(Ear.next(first.starts).id()).isEqualTo(TaskId.of("t2"));
  }

  @Test
  void aStopReachesEveryWorker() throws Exception {
    OperatorChannel operator = connected(new Ear());
    Hand first = new Hand();
    Hand second = new Hand();
    worker("p1", first);
    worker("p2", second);

    publish(operator, Stop.of(TaskId.of("t1")));

    assertThat(Ear.next(first.stops).id()).isEqualTo(TaskId.of("t1"));
    assertThat(Ear.next(second.stops).id()).isEqualTo(TaskId.of("t1"));
  }

  @Test
  void whatAWorkerSaysArrivesInOrder() throws Exception {
    Ear ear = new Ear();
    connected(ear);
    WorkerChannel worker = worker("p1", new Hand());

    worker.publish(Discovery.builder().propletId(PropletId.of("p1")).build());
    for (int i = 0; i < 100; i++) {
      worker.publish(result("t" + i));
    }

    Delivery<Discovery> discovery = Ear.next(ear.discoveries);
    assertThat(discovery.message().propletId()).isEqualTo(PropletId.of("p1"));
    discovery.acknowledge();
    for (int i = 0; i < 100; i++) {
      Delivery<Result> delivery = Ear.next(ear.results);
      assertThat(delivery.message()).isEqualTo(result("t" + i));
      assertThat(delivery.repeated()).isFalse();
      delivery.acknowledge();
    }
  }

  @Test
  void heartbeatsArrive() throws Exception {
    Ear ear = new Ear();
    connected(ear);
    WorkerChannel worker = worker("p1", new Hand());
    Alive alive = Alive.builder().propletId(PropletId.of("p1")).build();

    // One of them may be lost.
    Eventually.until(
        "a heartbeat",
        () -> {
          worker.publish(alive);
          return alive.equals(ear.alives.poll());
        });
  }

  @Test
  void aResultThatIsGivenBackIsDeliveredAgain() throws Exception {
    Ear ear = new Ear();
    OperatorChannel operator = connected(ear);
    worker("p1", new Hand()).publish(result("t1"));

    Ear.next(ear.results).close();
    Delivery<Result> again = Ear.next(ear.results);

    assertThat(again.message()).isEqualTo(result("t1"));
    assertThat(again.repeated()).isTrue();
    assertThat(operator.status().unacknowledged()).isEqualTo(1);
    again.acknowledge();
    assertThat(operator.status().unacknowledged()).isZero();
  }

  @Test
  void whatIsAcknowledgedIsNotDeliveredAgain() throws Exception {
    Ear ear = new Ear();
    connected(ear);
    WorkerChannel worker = worker("p1", new Hand());
    worker.publish(result("t1"));
    worker.publish(result("t2"));
    worker.publish(result("t3"));

    Ear.next(ear.results).acknowledge();
    Ear.next(ear.results).close();

    // A broker may have sent the third already, or hold it back while another is open.
    Delivery<Result> second = Ear.next(ear.results);
    if (second.message().equals(result("t3"))) {
      second = Ear.next(ear.results);
    }
    assertThat(second.message()).isEqualTo(result("t2"));
    second.acknowledge();
    assertThat(Ear.next(ear.results).message()).isEqualTo(result("t3"));
    assertThat(ear.results).isEmpty();
  }

  @Test
  void resultsSentWhileTheOperatorIsAwayAreDeliveredWhenItIsBack() throws Exception {
    connected(new Ear()).close();
    WorkerChannel worker = worker("p1", new Hand());
    for (int i = 0; i < 1500; i++) {
      worker.publish(result("t" + i));
    }
    worker.publish(result("last")).toCompletableFuture().get(20, TimeUnit.SECONDS);

    Ear ear = new Ear();
    connected(ear);

    for (int i = 0; i < 1500; i++) {
      Delivery<Result> delivery = Ear.next(ear.results);
      assertThat(delivery.message()).isEqualTo(result("t" + i));
      assertThat(delivery.repeated()).isFalse();
      delivery.acknowledge();
    }
    assertThat(Ear.next(ear.results).message()).isEqualTo(result("last"));
    assertThat(ear.states).contains(new ConnectionState.Connected(ConnectionState.Session.RESUMED));
  }

  @Test
  void heartbeatsSentWhileTheOperatorIsAwayPushOutNoResult() throws Exception {
    connected(new Ear()).close();
    WorkerChannel worker = worker("p1", new Hand());
    worker.publish(result("t1"));
    CompletionStage<Void> sent = CompletableFuture.completedStage(null);
    for (int i = 0; i < 2_000; i++) {
      sent = worker.publish(Alive.builder().propletId(PropletId.of("p1")).build());
    }
    sent.toCompletableFuture().get(20, TimeUnit.SECONDS);

    Ear ear = new Ear();
    connected(ear);

    Delivery<Result> delivery = Ear.next(ear.results);
    assertThat(delivery.message()).isEqualTo(result("t1"));
    assertThat(delivery.repeated()).isFalse();
    delivery.acknowledge();
    assertThat(ear.alives).isEmpty();
  }

  @Test
  void aSecondOperatorTakesOverWhatTheFirstHasNotAcknowledged() throws Exception {
    Ear first = new Ear();
    OperatorChannel old = connected(first);
    WorkerChannel worker = worker("p1", new Hand());
    worker.publish(result("t1"));
    Delivery<Result> held = Ear.next(first.results);

    Ear second = new Ear();
    connected(second);
    if (saysWhoTookOver()) {
      Eventually.until(
          "taken over", () -> old.status().state() instanceof ConnectionState.TakenOver);
    } else {
      old.close();
    }
    held.acknowledge();

    Delivery<Result> delivery = Ear.next(second.results);
    assertThat(delivery.message()).isEqualTo(result("t1"));
    delivery.acknowledge();
    assertThatThrownBy(() -> publish(old, start("t2", Target.broadcast())))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(NotConnectedException.class);
    worker.publish(result("t3"));
    assertThat(nextNew(second).message()).isEqualTo(result("t3"));
    // The first may have come back in between, if nobody told it not to; but with nothing new.
    assertThat(first.results).allMatch(again -> !saysWhoTookOver() && again.repeated());
  }

  @Test
  void whatCannotBeReadIsReportedAndHoldsUpNothing() throws Exception {
    Ear ear = new Ear();
    connected(ear);

    publish(channel.topic(Subtopic.RESULT).value(), "hunter2".getBytes(UTF_8));
    worker("p1", new Hand()).publish(result("t1"));

    assertThat(Ear.next(ear.refusals))
        .isInstanceOfSatisfying(
            Refusal.Undecodable.class,
            refusal -> assertThat(refusal.cause().toString()).doesNotContain("hunter2"));
    assertThat(Ear.next(ear.results).message()).isEqualTo(result("t1"));
  }

  @Test
  void aListenerThatFailsOnAMessageLosesThatOneOnly() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    Ear ear =
        new Ear() {
          @Override
          public void onResult(Delivery<Result> delivery) {
            if (delivery.message().taskId().value().equals("poison")) {
              failures.incrementAndGet();
              throw new IllegalStateException("cannot");
            }
            super.onResult(delivery);
          }
        };
    connected(ear);
    WorkerChannel worker = worker("p1", new Hand());
    worker.publish(result("poison"));
    worker.publish(result("t1"));

    assertThat(Ear.next(ear.refusals))
        .isInstanceOfSatisfying(
            Refusal.Rejected.class, refusal -> assertThat(refusal.cause()).hasMessage("cannot"));
    assertThat(failures).hasValue(3);
    assertThat(Ear.next(ear.results).message()).isEqualTo(result("t1"));
  }

  @Test
  void aStartThatAWorkerCannotReadIsNotSent() {
    OperatorChannel operator = connected(new Ear());
    Start start =
        Start.builder().from(start("t1", Target.broadcast())).putEnv("A", "x".repeat(1024)).build();

    assertThatThrownBy(
            () ->
                operator
                    .publish(start, Dialect.WAMR)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(EncodeException.class);
  }

  @Test
  void channelsDoNotHearEachOther() throws Exception {
    Ear ear = new Ear();
    connected(ear);
    WorkerChannel stranger =
        keep(
            broker()
                .open(
                    WorkerChannelOptions.builder()
                        .channel(Channel.of("contract", channel.id() + "x"))
                        .id(PropletId.of(channel.id() + "-stranger"))
                        .build(),
                    new Hand()));
    stranger.publish(result("foreign")).toCompletableFuture().get(20, TimeUnit.SECONDS);

    worker("p1", new Hand()).publish(result("own"));

    assertThat(Ear.next(ear.results).message()).isEqualTo(result("own"));
  }

  @Test
  void aWorkerThatLeavesInGoodOrderHasNoLastWill() throws Exception {
    Ear ear = new Ear();
    connected(ear);
    worker("p1", new Hand()).close();
    WorkerChannel other = worker("p2", new Hand());
    Alive alive = Alive.builder().propletId(PropletId.of("p2")).build();

    Eventually.until(
        "the other's heartbeat",
        () -> {
          other.publish(alive);
          return !ear.alives.isEmpty();
        });
    assertThat(ear.alives).containsOnly(alive);
  }

  @Test
  void aClosedChannelSaysSo() {
    OperatorChannel operator = connected(new Ear());
    operator.close();
    operator.close();

    Eventually.until("closed", () -> operator.status().state() instanceof ConnectionState.Closed);
  }

  /** Returns the next delivery of something new, and acknowledges the repeats before it. */
  private static Delivery<Result> nextNew(Ear ear) throws InterruptedException {
    Delivery<Result> delivery = Ear.next(ear.results);
    while (delivery.repeated()) {
      delivery.acknowledge();
      delivery = Ear.next(ear.results);
    }
    return delivery;
  }

  final OperatorChannel connected(OperatorListener listener) {
    OperatorChannel operator = keep(broker().open(options().build(), listener));
    Eventually.until(
        "the operator is connected",
        () ->
            operator.status().state() instanceof ConnectionState.Connected
                && operator.status().telemetry() instanceof ConnectionState.Connected);
    return operator;
  }

  ImmutableOperatorChannelOptions.Builder options() {
    return OperatorChannelOptions.builder().channel(channel).clientId("operator-" + channel.id());
  }

  final WorkerChannel worker(String id, Hand hand) {
    // The ids of one broker's clients are one namespace, whatever their channel.
    WorkerChannel worker =
        keep(
            broker()
                .open(
                    WorkerChannelOptions.builder().channel(channel).id(PropletId.of(id)).build(),
                    hand));
    Eventually.until(
        "the worker is connected", () -> worker.state() instanceof ConnectionState.Connected);
    return worker;
  }

  final <T extends AutoCloseable> T keep(T one) {
    opened.add(one);
    return one;
  }

  static void publish(OperatorChannel operator, OperatorMessage message) throws Exception {
    operator.publish(message, Dialect.WASMTIME).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static Start start(String id, Target target) {
    return Start.builder()
        .id(TaskId.of(id))
        .name("add")
        .module(WasmModule.image("registry.example.com/add:v1"))
        .target(target)
        .build();
  }

  static Result result(String id) {
    return Result.builder().taskId(TaskId.of(id)).output(TaskOutput.text("42")).build();
  }
}
