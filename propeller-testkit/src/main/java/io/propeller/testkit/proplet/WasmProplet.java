package io.propeller.testkit.proplet;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.testkit.internal.Cable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A worker that takes tasks over MQTT and runs their WebAssembly modules in this JVM, as the Rust
 * worker does on a device: it announces itself once (Discovery), beats, and answers each Start with
 * one Result. What fails has the reason in the Result's error. A Start whose id is being run is
 * ignored; after its Result it runs again. A Stop ends what waits or runs, at once.
 *
 * <p>A daemon is answered when it starts and never again. A latent task's module is kept, and
 * answered only when it cannot be; each Invoke calls it, with the environment of both, and is
 * answered with one InvokeResult. A Stop of a latent task forgets it and ends the calls of it. A
 * module is taken from the Start, or asked for and put together from chunks; addresses ({@code
 * http…}) are not fetched.
 *
 * <p>A task whose environment has a {@code ROUND_ID} is federated: the worker GETs the model from
 * {@code MODEL_REGISTRY_URL}, POSTs what the module prints to {@code MANAGER_COORDINATOR_URL}, or
 * publishes it as an update when that fails, and in any case gives it back in its Result.
 *
 * <p>Safe for use by any thread.
 */
public final class WasmProplet implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(1);

  private final WasmPropletOptions options;
  private final Cable cable;
  private final WorkerChannel channel;
  private final TaskRunner runner;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          beat -> {
            Thread thread = new Thread(beat, "propeller-proplet-heart");
            thread.setDaemon(true);
            return thread;
          });

  private WasmProplet(WasmPropletOptions options) {
    this.options = options;
    this.cable = new Cable(options.broker().host(), options.broker().port());
    Chunks chunks = new Chunks();
    this.runner = new TaskRunner(options, chunks, this::publish);
    this.channel =
        MqttBroker.of(
                BrokerOptions.builder()
                    .address(new BrokerAddress("127.0.0.1", cable.port(), false, null))
                    .credentials(options.credentials())
                    .minBackoff(Duration.ofMillis(200))
                    .maxBackoff(Duration.ofSeconds(5))
                    .build())
            .open(
                WorkerChannelOptions.builder()
                    .channel(options.channel())
                    .id(options.id())
                    .namespace(options.namespace())
                    .build(),
                new WorkerListener() {
                  @Override
                  public void onStart(Start start) {
                    runner.start(start);
                  }

                  @Override
                  public void onInvoke(Invoke invoke) {
                    runner.invoke(invoke);
                  }

                  @Override
                  public void onStop(Stop stop) {
                    runner.stop(stop.id());
                  }

                  @Override
                  public void onChunk(Chunk chunk) {
                    chunks.add(chunk);
                  }
                });
  }

  /**
   * Starts a worker and returns when the broker has its Discovery.
   *
   * @throws IllegalStateException if that takes longer than ten seconds
   */
  public static WasmProplet start(WasmPropletOptions options) {
    WasmProplet proplet = new WasmProplet(options);
    if (!proplet.await(proplet.publish(proplet.discovery()), CONNECT_LIMIT)) {
      proplet.kill();
      throw new IllegalStateException(
          "%s does not reach a broker at %s:%d within %d s"
              .formatted(
                  options.id(),
                  options.broker().host(),
                  options.broker().port(),
                  CONNECT_LIMIT.toSeconds()));
    }
    var unused =
        proplet.heart.scheduleAtFixedRate(
            () -> proplet.publish(proplet.alive(Alive.Status.ALIVE)),
            0,
            options.heartbeat().toMillis(),
            TimeUnit.MILLISECONDS);
    return proplet;
  }

  /** Returns the worker's identity. */
  public PropletId id() {
    return options.id();
  }

  /** Returns the tasks that wait, run or are kept on it now. */
  public Set<TaskId> tasks() {
    return runner.tasks();
  }

  /**
   * Cuts the worker off: its connection breaks without a word, so that the broker sends its last
   * will, and it works on. It tries to connect again, in vain, until {@link #reconnect}.
   */
  public void cutOff() {
    cable.cut();
  }

  /** Ends {@link #cutOff}: the worker connects within five seconds and sends what it kept. */
  public void reconnect() {
    cable.mend();
  }

  /**
   * Ends the worker as a power failure would: its connection breaks without a word, so that the
   * broker sends its last will, its tasks end, and nothing more comes from it.
   */
  public void kill() {
    cable.close();
    heart.shutdownNow();
    runner.kill();
    channel.close();
  }

  /**
   * Ends the worker in good order: its tasks are stopped and their Results sent, and it says that
   * it goes.
   */
  @Override
  public void close() {
    heart.shutdownNow();
    runner.close();
    boolean unused = await(publish(alive(Alive.Status.OFFLINE)), FAREWELL_LIMIT);
    channel.close();
    cable.close();
  }

  private CompletionStage<Void> publish(WorkerMessage message) {
    return channel.publish(message);
  }

  private Discovery discovery() {
    return Discovery.builder()
        .propletId(options.id())
        .namespace(options.namespace())
        .metadata(
            PropletMetadata.builder()
                .tags(options.tags())
                .environment("testkit")
                .os(System.getProperty("os.name"))
                .cpuArch(System.getProperty("os.arch"))
                .wasmRuntime("endive")
                .build())
        .build();
  }

  private Alive alive(Alive.Status status) {
    return Alive.builder()
        .propletId(options.id())
        .namespace(options.namespace())
        .status(status)
        .build();
  }

  private boolean await(CompletionStage<Void> stage, Duration limit) {
    try {
      stage.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
