package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.DecodeException;
import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Route;
import java.util.List;
import java.util.Optional;

/** Reads what comes in on a channel. */
final class Inbound {

  private final Channel channel;
  private final Codec codec;
  private final boolean toWorkers;

  Inbound(Channel channel, Codec codec, boolean toWorkers) {
    this.channel = channel;
    this.codec = codec;
    this.toWorkers = toWorkers;
  }

  /**
   * A message that has been read.
   *
   * @param levels what stands in the variable levels of its topic
   */
  record Read(Message message, List<String> levels) {}

  /**
   * Reads a message.
   *
   * @throws DecodeException if it cannot be read, or is on a topic of another channel or direction
   */
  Read read(Incoming message) throws DecodeException {
    Optional<Route> route =
        channel.match(message.topic()).filter(found -> found.subtopic().toWorkers() == toWorkers);
    if (route.isEmpty()) {
      throw new DecodeException(Reason.UNKNOWN_TOPIC, message.topic(), "", 0, message.payload());
    }
    return new Read(
        codec.decode(route.get(), message.topic(), message.payload()), route.get().levels());
  }
}
