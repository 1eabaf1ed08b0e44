package io.propeller.testkit.proplet;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.internal.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The other end of a channel: what a worker says, in the order in which it arrives. */
final class Operator implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int PIECE = 16;

  final BlockingQueue<Discovery> discoveries = new LinkedBlockingQueue<>();
  final BlockingQueue<Alive> beats = new LinkedBlockingQueue<>();
  final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
  final BlockingQueue<InvokeResult> calls = new LinkedBlockingQueue<>();
  final BlockingQueue<Update> updates = new LinkedBlockingQueue<>();
  final Map<String, Bytes> modules = new ConcurrentHashMap<>();
  private final OperatorChannel channel;

  Operator(BrokerAddress broker, Channel channel) {
    this.channel =
        MqttBroker.of(
                BrokerOptions.builder()
                    .address(broker)
                    .minBackoff(Duration.ofMillis(100))
                    .maxBackoff(Duration.ofSeconds(1))
                    .build())
            .open(
                OperatorChannelOptions.builder()
                    .channel(channel)
                    .clientId("operator-of-" + channel.id())
                    .build(),
                new OperatorListener() {
                  @Override
                  public void onResult(Delivery<Result> delivery) {
                    results.add(delivery.message());
                    delivery.acknowledge();
                  }

                  @Override
                  public void onInvokeResult(Delivery<InvokeResult> delivery) {
                    calls.add(delivery.message());
                    delivery.acknowledge();
                  }

                  @Override
                  public void onUpdate(Delivery<Update> delivery) {
                    updates.add(delivery.message());
                    delivery.acknowledge();
                  }

                  @Override
                  public void onDiscovery(Delivery<Discovery> delivery) {
                    discoveries.add(delivery.message());
                    delivery.acknowledge();
                  }

                  @Override
                  public void onAlive(Alive alive) {
                    beats.add(alive);
                  }

                  @Override
                  public void onFetchRequest(Delivery<FetchRequest> delivery) {
                    String name = delivery.message().appName();
                    chunks(name, modules.get(name)).forEach(Operator.this::send);
                    delivery.acknowledge();
                  }
                });
    awaitConnected();
  }

  void awaitConnected() {
    Await.until(LIMIT, this::isConnected, () -> "the operator connects");
  }

  private boolean isConnected() {
    return channel.status().state() instanceof ConnectionState.Connected
        && channel.status().telemetry() instanceof ConnectionState.Connected;
  }

  void send(OperatorMessage message) {
    var unused = channel.publish(message, Dialect.WASMTIME);
  }

  /** Returns the first message for which {@code wanted} holds; those before it are dropped. */
  static <M> M await(BlockingQueue<M> messages, Predicate<M> wanted) throws InterruptedException {
    while (true) {
      M message = messages.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(message).as("a message within %s", LIMIT).isNotNull();
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  private static List<Chunk> chunks(String name, Bytes module) {
    List<Chunk> chunks = new ArrayList<>();
    int total = (module.size() + PIECE - 1) / PIECE;
    for (int i = 0; i < total; i++) {
      Bytes piece = module.slice(i * PIECE, Math.min(module.size(), (i + 1) * PIECE));
      chunks.add(Chunk.builder().appName(name).index(i).total(total).data(piece).build());
    }
    return chunks;
  }

  @Override
  public void close() {
    channel.close();
  }
}
