package io.propeller.testkit.proplet;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.DecodeException;
import io.propeller.mqtt.codec.Limits;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Subtopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Many workers of one channel on one connection, for load: each announces itself, beats, and
 * answers every Start that is for it at once, without running anything; of a latent task every
 * Invoke, as if its Start had been given the inputs of that. A Stop finds nothing to stop. They
 * have no last will. Safe for use by any thread.
 */
public final class SimulatedProplets implements AutoCloseable {

  private final Channel channel;
  private final Set<PropletId> ids;
  private final Function<Start, String> answer;
  private final Codec codec = new Codec(Limits.WORKER);
  private final Map<TaskId, Start> latent = new ConcurrentHashMap<>();
  private final AtomicLong answered = new AtomicLong();
  private final Mqtt5AsyncClient client;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          beat -> {
            Thread thread = new Thread(beat, "propeller-simulated-heart");
            thread.setDaemon(true);
            return thread;
          });

  private SimulatedProplets(
      BrokerAddress broker, Channel channel, Set<PropletId> ids, Function<Start, String> answer) {
    this.channel = channel;
    this.ids = ids;
    this.answer = answer;
    this.client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost(broker.host())
            .serverPort(broker.port())
            .automaticReconnectWithDefaultConfig()
            .buildAsync();
  }

  /**
   * Starts workers and returns when the broker has their Discoveries.
   *
   * @param broker where the broker is; plain MQTT
   * @param prefix what their ids begin with; a number from 0 follows
   * @param count how many
   * @param heartbeat how often each says that it is alive; they take turns
   * @param answer what a Start gives back, or a call of a latent one; called by one thread
   * @throws java.util.concurrent.CompletionException if the broker cannot be reached
   */
  public static SimulatedProplets start(
      BrokerAddress broker,
      Channel channel,
      String prefix,
      int count,
      Duration heartbeat,
      Function<Start, String> answer) {
    Set<PropletId> ids = new LinkedHashSet<>();
    IntStream.range(0, count).forEach(i -> ids.add(PropletId.of(prefix + i)));
    SimulatedProplets proplets = new SimulatedProplets(broker, channel, ids, answer);
    try {
      proplets.begin(heartbeat);
      return proplets;
    } catch (RuntimeException e) {
      proplets.close();
      throw e;
    }
  }

  /** Returns the workers' identities, in the order of their numbers. */
  public Set<PropletId> ids() {
    return Set.copyOf(ids);
  }

  /** Returns how many Results, and answers to calls, the broker has acknowledged. */
  public long answered() {
    return answered.get();
  }

  @Override
  public void close() {
    heart.shutdownNow();
    if (client.getState().isConnected()) {
      client.disconnect().join();
    }
  }

  private void begin(Duration heartbeat) {
    client.connectWith().cleanStart(true).send().join();
    subscribe(Subtopic.START, this::receive);
    subscribe(Subtopic.INVOKE, this::call);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (PropletId id : ids) {
      sent.add(publish(Discovery.builder().propletId(id).build(), MqttQos.AT_LEAST_ONCE));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new)).join();
    ids.forEach(this::beat);
    PropletId[] turns = ids.toArray(PropletId[]::new);
    AtomicLong turn = new AtomicLong();
    long period = Math.max(1, heartbeat.toNanos() / turns.length);
    var unused =
        heart.scheduleAtFixedRate(
            () -> beat(turns[(int) (turn.getAndIncrement() % turns.length)]),
            period,
            period,
            TimeUnit.NANOSECONDS);
  }

  private void subscribe(Subtopic<?> kind, Consumer<Mqtt5Publish> receiver) {
    client
        .subscribeWith()
        .topicFilter(channel.topic(kind).value())
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(receiver)
        // On the client's own thread: a call must not overtake the Start of what it calls.
        .executor(Runnable::run)
        .send()
        .join();
  }

  private void beat(PropletId id) {
    var unused = publish(Alive.builder().propletId(id).build(), MqttQos.AT_MOST_ONCE);
  }

  private void receive(Mqtt5Publish message) {
    try {
      Start start = codec.decode(Subtopic.START, message.getPayloadAsBytes());
      if (start.latent()) {
        latent.put(start.id(), start);
      } else {
        targets(start.target()).forEach(id -> answer(start, id));
      }
    } catch (DecodeException unreadable) {
      // A worker drops what it cannot read.
    }
  }

  private void call(Mqtt5Publish message) {
    try {
      Invoke invoke = codec.decode(Subtopic.INVOKE, message.getPayloadAsBytes());
      Start start = latent.get(invoke.id());
      if (start != null) {
        targets(invoke.target()).stream()
            .filter(targets(start.target())::contains)
            .forEach(id -> answer(start, invoke, id));
      }
    } catch (DecodeException unreadable) {
      // As above.
    }
  }

  private Set<PropletId> targets(Target target) {
    if (target instanceof Target.One one) {
      return ids.contains(one.id()) ? Set.of(one.id()) : Set.of();
    }
    return ids;
  }

  private void answer(Start start, Invoke invoke, PropletId id) {
    Map<String, String> environment = new HashMap<>(start.env());
    environment.putAll(invoke.env());
    Start called = Start.builder().from(start).inputs(invoke.inputs()).env(environment).build();
    var unused =
        publish(
                InvokeResult.builder()
                    .taskId(invoke.id())
                    .invocationId(invoke.invocationId())
                    .propletId(id)
                    .output(TaskOutput.text(answer.apply(called)))
                    .build(),
                MqttQos.AT_LEAST_ONCE)
            .thenAccept(acknowledged -> answered.incrementAndGet());
  }

  private void answer(Start start, PropletId id) {
    Result result =
        Result.builder()
            .taskId(start.id())
            .propletId(id)
            .output(TaskOutput.text(answer.apply(start)))
            .build();
    var unused =
        publish(result, MqttQos.AT_LEAST_ONCE)
            .thenAccept(acknowledged -> answered.incrementAndGet());
  }

  private CompletableFuture<?> publish(WorkerMessage message, MqttQos qos) {
    return client
        .publishWith()
        .topic(channel.topic(Subtopic.of(message)).value())
        .qos(qos)
        .payload(Codec.encode(message))
        .send();
  }
}
