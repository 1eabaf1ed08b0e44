package io.propeller.operator;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.topic.Channel;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** A worker that answers each Start by itself, as the test says. */
final class Trainer implements WorkerListener, AutoCloseable {

  private final PropletId id;
  private final WorkerChannel channel;
  private final BiConsumer<Trainer, Start> work;

  /**
   * Connects a worker.
   *
   * @param work is called with each Start, and must not wait
   */
  Trainer(BrokerAddress broker, Channel channel, String id, BiConsumer<Trainer, Start> work) {
    this.id = PropletId.of(id);
    this.work = work;
    this.channel =
        MqttBroker.of(BrokerOptions.builder().address(broker).build())
            .open(WorkerChannelOptions.builder().channel(channel).id(this.id).build(), this);
  }

  @Override
  public void onStart(Start start) {
    work.accept(this, start);
  }

  @Override
  public void onStop(Stop stop) {}

  void beat() {
    var unused = channel.publish(Alive.builder().propletId(id).build());
  }

  /** Says what it learnt, as the answer to its task. */
  void returns(Start start, String payload) {
    var unused =
        channel.publish(
            Result.builder()
                .taskId(start.id())
                .output(new TaskOutput.Federated(update(start, payload)))
                .build());
  }

  /** Says what it learnt, on the topic of the round. */
  void publishes(Start start, String payload) {
    var unused = channel.publish(update(start, payload));
  }

  void fails(Start start) {
    var unused =
        channel.publish(
            Result.builder().taskId(start.id()).propletId(id).error("wasm trap").build());
  }

  private Update update(Start start, String payload) {
    return Update.builder()
        .taskId(start.id())
        .roundId(RoundId.of(start.env().getOrDefault("ROUND_ID", "?")))
        .propletId(id)
        .numSamples(1)
        .payload(Bytes.wrap(payload.getBytes(StandardCharsets.UTF_8)))
        .format("json-f64")
        .build();
  }

  @Override
  public void close() {
    channel.close();
  }
}
