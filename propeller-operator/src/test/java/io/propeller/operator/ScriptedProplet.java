package io.propeller.operator;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.CpuMetrics;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.topic.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * A worker that does what the test says: it keeps what it is told, and answers when it is asked to.
 */
final class ScriptedProplet implements AutoCloseable {

  private final BlockingQueue<Start> starts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Invoke> invokes = new LinkedBlockingQueue<>();
  private final Set<TaskId> started = ConcurrentHashMap.newKeySet();
  private final Set<Invoke> early = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
  private final BlockingQueue<Stop> stops = new LinkedBlockingQueue<>();
  private final PropletId id;
  private final WorkerChannel channel;

  ScriptedProplet(BrokerAddress broker, Channel channel, String id) {
    this.id = PropletId.of(id);
    this.channel =
        MqttBroker.of(BrokerOptions.builder().address(broker).build())
            .open(
                WorkerChannelOptions.builder().channel(channel).id(this.id).build(),
                new WorkerListener() {
                  @Override
                  public void onStart(Start start) {
                    started.add(start.id());
                    starts.add(start);
                  }

                  @Override
                  public void onInvoke(Invoke invoke) {
                    if (!started.contains(invoke.id())) {
                      early.add(invoke);
                    }
                    invokes.add(invoke);
                  }

                  @Override
                  public void onChunk(Chunk chunk) {
                    chunks.add(chunk);
                  }

                  @Override
                  public void onStop(Stop stop) {
                    stops.add(stop);
                  }
                });
  }

  /** Returns who it is on the wire. */
  PropletId id() {
    return id;
  }

  void discover() {
    publish(Discovery.builder().propletId(id).build());
  }

  /** Beats, as every worker does, until somebody has noticed. */
  void aliveUntil(BooleanSupplier noticed) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              publish(Alive.builder().propletId(id).build());
              return noticed.getAsBoolean();
            });
  }

  void measure(double cpuPercent, Map<String, Double> custom) {
    publish(
        PropletMetrics.builder()
            .propletId(id)
            .cpu(CpuMetrics.builder().percent(cpuPercent).build())
            .putAllCustom(custom)
            .build());
  }

  void measure(TaskMetrics load) {
    publish(load);
  }

  void discover(long totalMemoryBytes) {
    publish(
        Discovery.builder()
            .propletId(id)
            .metadata(PropletMetadata.builder().totalMemoryBytes(totalMemoryBytes).build())
            .build());
  }

  void leave() {
    publish(Alive.builder().propletId(id).status(Alive.Status.OFFLINE).build());
  }

  void answer(TaskId task, String text) {
    publish(Result.builder().taskId(task).propletId(id).output(TaskOutput.text(text)).build());
  }

  void fail(TaskId task, String error) {
    publish(Result.builder().taskId(task).propletId(id).error(error).build());
  }

  void answer(Invoke invoke, String text) {
    publish(
        InvokeResult.builder()
            .taskId(invoke.id())
            .invocationId(invoke.invocationId())
            .propletId(id)
            .output(TaskOutput.text(text))
            .build());
  }

  Invoke nextInvoke() {
    return next(invokes, "Invoke");
  }

  /** Returns the calls that came before the Start of what they call. */
  Set<Invoke> early() {
    return early;
  }

  boolean hasNoInvoke() {
    return invokes.isEmpty();
  }

  boolean hasNoStop() {
    return stops.isEmpty();
  }

  Start nextStart() {
    return next(starts, "Start");
  }

  Chunk nextChunk() {
    return next(chunks, "Chunk");
  }

  Stop nextStop() {
    return next(stops, "Stop");
  }

  boolean hasNoStart() {
    return starts.isEmpty();
  }

  private <T> T next(BlockingQueue<T> queue, String what) {
    try {
      T message = queue.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no " + what + " for " + id + " within 20 s");
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Says anything a worker may say. */
  void publish(io.propeller.mqtt.message.WorkerMessage message) {
    channel.publish(message).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    channel.close();
  }
}
