package io.propeller.testkit.proplet;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.Credentials;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.wasm.WasmLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link WasmProplet} is to be. Begin with {@link #of}.
 *
 * @param broker where the broker is; plain MQTT
 * @param channel the channel that it works on
 * @param id its identity, which is its client id at the broker
 * @param namespace the namespace that it says to be in
 * @param heartbeat how often it says that it is alive
 * @param limits what each of its tasks may use up
 * @param threads how many tasks it runs at a time; the others wait
 * @param tags what its Discovery says of it
 * @param credentials what it shows the broker
 */
public record WasmPropletOptions(
    BrokerAddress broker,
    Channel channel,
    PropletId id,
    String namespace,
    Duration heartbeat,
    WasmLimits limits,
    int threads,
    List<String> tags,
    Optional<Credentials> credentials) {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if the heartbeat or the number of threads is not positive, or
   *     the broker's address is not plain MQTT
   */
  public WasmPropletOptions {
    if (heartbeat.toMillis() < 1 || threads < 1) {
      throw new IllegalArgumentException("heartbeat and threads must be positive");
    }
    if (broker.tls() || broker.webSocketPath() != null) {
      throw new IllegalArgumentException("a WasmProplet speaks plain MQTT alone, not " + broker);
    }
    tags = List.copyOf(tags);
  }

  /**
   * Returns the options of a worker in namespace {@code default} that beats every ten seconds and
   * runs two tasks at a time within {@link WasmLimits#DEFAULT}.
   */
  public static WasmPropletOptions of(BrokerAddress broker, Channel channel, String id) {
    return new WasmPropletOptions(
        broker,
        channel,
        PropletId.of(id),
        "default",
        HEARTBEAT,
        WasmLimits.DEFAULT,
        2,
        List.of(),
        Optional.empty());
  }

  /** Returns these options with another namespace. */
  public WasmPropletOptions withNamespace(String other) {
    return new WasmPropletOptions(
        broker, channel, id, other, heartbeat, limits, threads, tags, credentials);
  }

  /** Returns these options with another interval between heartbeats. */
  public WasmPropletOptions withHeartbeat(Duration other) {
    return new WasmPropletOptions(
        broker, channel, id, namespace, other, limits, threads, tags, credentials);
  }

  /** Returns these options with other limits. */
  public WasmPropletOptions withLimits(WasmLimits other) {
    return new WasmPropletOptions(
        broker, channel, id, namespace, heartbeat, other, threads, tags, credentials);
  }

  /** Returns these options with another number of tasks at a time. */
  public WasmPropletOptions withThreads(int other) {
    return new WasmPropletOptions(
        broker, channel, id, namespace, heartbeat, limits, other, tags, credentials);
  }

  /** Returns these options with tags. */
  public WasmPropletOptions withTags(String... other) {
    return new WasmPropletOptions(
        broker, channel, id, namespace, heartbeat, limits, threads, List.of(other), credentials);
  }

  /** Returns these options with credentials. */
  public WasmPropletOptions withCredentials(Credentials other) {
    return new WasmPropletOptions(
        broker, channel, id, namespace, heartbeat, limits, threads, tags, Optional.of(other));
  }
}
