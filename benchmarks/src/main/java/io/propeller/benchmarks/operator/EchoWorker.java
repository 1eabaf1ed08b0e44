package io.propeller.benchmarks.operator;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.topic.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A worker that answers each Start at once, so that only the way there and back is measured. */
final class EchoWorker implements AutoCloseable {

  private final PropletId id;
  private final CompletableFuture<WorkerChannel> channel = new CompletableFuture<>();

  EchoWorker(BrokerAddress broker, Channel channel, String id) {
    this.id = PropletId.of(id);
    this.channel.complete(
        MqttBroker.of(BrokerOptions.builder().address(broker).build())
            .open(
                WorkerChannelOptions.builder().channel(channel).id(this.id).build(),
                new WorkerListener() {
                  @Override
                  public void onStart(Start start) {
                    answer(start);
                  }

                  @Override
                  public void onStop(Stop stop) {}
                }));
  }

  void alive() {
    channel
        .join()
        .publish(Alive.builder().propletId(id).build())
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private void answer(Start start) {
    var unused =
        channel
            .join()
            .publish(
                Result.builder()
                    .taskId(start.id())
                    .propletId(id)
                    .output(TaskOutput.text("42"))
                    .build());
  }

  @Override
  public void close() {
    channel.join().close();
  }
}
