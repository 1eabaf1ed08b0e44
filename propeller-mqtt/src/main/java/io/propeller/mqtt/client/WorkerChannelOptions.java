package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.Limits;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.topic.Channel;
import java.util.Optional;
import org.immutables.value.Value;

/** What a worker's end of a channel is to be. */
@Value.Immutable
@Values
public interface WorkerChannelOptions {

  /** Returns the channel. */
  Channel channel();

  /** Returns the worker's identity, which is its client id at the broker. */
  PropletId id();

  /** Returns the namespace that the last will carries. */
  Optional<String> namespace();

  /** Returns whether the broker announces the worker's end when the connection is lost. */
  @Value.Default
  default boolean lastWill() {
    return true;
  }

  /** Returns the quality of service of what is sent and received. */
  @Value.Default
  default Qos qos() {
    return Qos.AT_LEAST_ONCE;
  }

  /** Returns how many messages may wait to be sent while there is no connection. */
  @Value.Default
  default int maxWaiting() {
    return 10_000;
  }

  /** Returns the limits of what may come in. */
  @Value.Default
  default Limits limits() {
    return Limits.WORKER;
  }

  /** Returns a builder. */
  static ImmutableWorkerChannelOptions.Builder builder() {
    return ImmutableWorkerChannelOptions.builder();
  }
}
