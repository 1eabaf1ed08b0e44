package io.propeller.mqtt.client;

import com.hivemq.client.internal.mqtt.MqttClientConnectionConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientConnectionConfig;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.Optional;

/**
 * Has what is due together leave in one write. The client writes each manual acknowledgement by
 * itself otherwise, which costs it and the broker more than the rest of the message does.
 *
 * <p>The client shows its connection to no other program, and that of MQTT 3.1.1 not even so.
 */
final class Coalescing {

  private Coalescing() {}

  /** Applies it to a connection, and returns whether the connection can be reached. */
  static boolean apply(Optional<? extends Mqtt5ClientConnectionConfig> connection) {
    if (connection.orElse(null) instanceof MqttClientConnectionConfig open) {
      ChannelPipeline pipeline = open.getChannel().pipeline();
      pipeline.addFirst(
          new FlushConsolidationHandler(
              FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
      return true;
    }
    return false;
  }
}
