package io.propeller.benchmarks.mqtt;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.client.SessionKind;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.topic.Channel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An operator's and a worker's end of a channel. */
final class Channels implements ClientBenchmark.Contender {

  private static final PropletId WORKER = PropletId.of("p1");

  private final OperatorChannel operator;
  private final WorkerChannel worker;
  private final Semaphore window = new Semaphore(ClientBenchmark.WINDOW);
  private final Semaphore received = new Semaphore(0);
  private final CountDownLatch connected = new CountDownLatch(2);

  Channels(BrokerAddress address) throws InterruptedException {
    MqttBroker broker = MqttBroker.of(BrokerOptions.builder().address(address).build());
    Channel channel = Channel.of("bench", "ours");
    operator =
        broker.open(OperatorChannelOptions.builder().channel(channel).build(), new Receiver());
    worker =
        broker.open(
            WorkerChannelOptions.builder().channel(channel).id(WORKER).build(), new Sender());
    if (!connected.await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("not connected within a minute");
    }
  }

  @Override
  public void run(int messages) throws InterruptedException {
    for (int i = 0; i < messages; i++) {
      window.acquire();
      var unused =
          worker
              .publish(
                  Result.builder()
                      .taskId(TaskId.of("task-" + i))
                      .propletId(WORKER)
                      .output(TaskOutput.text("42"))
                      .build())
              .whenComplete((done, failure) -> window.release());
    }
    if (!received.tryAcquire(messages, 1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("not all messages arrived within a minute");
    }
  }

  @Override
  public void close() {
    worker.close();
    operator.close();
  }

  /** The operator's listener. */
  private final class Receiver implements OperatorListener {

    @Override
    public void onResult(Delivery<Result> delivery) {
      delivery.acknowledge();
      received.release();
    }

    @Override
    public void onDiscovery(Delivery<Discovery> delivery) {
      delivery.acknowledge();
    }

    @Override
    public void onAlive(Alive alive) {}

    @Override
    public void connectionChanged(SessionKind session, ConnectionState state) {
      if (session == SessionKind.STATE && state instanceof ConnectionState.Connected) {
        connected.countDown();
      }
    }
  }

  /** The worker's listener. */
  private final class Sender implements WorkerListener {

    @Override
    public void onStart(Start start) {}

    @Override
    public void onStop(Stop stop) {}

    @Override
    public void connectionChanged(ConnectionState state) {
      if (state instanceof ConnectionState.Connected) {
        connected.countDown();
      }
    }
  }
}
