package io.propeller.operator.internal.channel;

import io.propeller.mqtt.chunk.ModuleServer;
import io.propeller.mqtt.client.Broker;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.operator.internal.module.Modules;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's side of a channel, from when it leads on. Safe for use by any thread. */
public final class Conversation implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  /** What there is once the operator leads. */
  private record Open(OperatorChannel channel, ModuleServer modules) {}

  private final Broker broker;
  private final OperatorChannelOptions options;
  private final Modules modules;
  private volatile @Nullable Open open;

  /** Makes one that has not begun. */
  public Conversation(Broker broker, OperatorChannelOptions options, Modules modules) {
    this.broker = broker;
    this.options = options;
    this.modules = modules;
  }

  /** Begins; the broker need not be there yet. To be called once. */
  public void begin(OperatorListener listener) {
    OperatorChannel channel = broker.open(options, listener);
    open = new Open(channel, new ModuleServer(channel, modules::find));
  }

  /** Returns whether it has begun. */
  public boolean hasBegun() {
    return open != null;
  }

  /**
   * Returns the channel.
   *
   * @throws IllegalStateException if it has not begun
   */
  public OperatorChannel channel() {
    Open present = open;
    if (present == null) {
      throw new IllegalStateException("the channel is not open yet");
    }
    return present.channel();
  }

  /** Sends the module that a worker asks for, in pieces; before it has begun, does nothing. */
  public void send(FetchRequest request) {
    Open present = open;
    if (present != null) {
      var unused =
          present
              .modules()
              .serve(request)
              .exceptionally(
                  failure -> {
                    log.warn("module {} is not sent: {}", request.appName(), failure.getMessage());
                    return null;
                  });
    }
  }

  @Override
  public void close() {
    Open present = open;
    if (present != null) {
      present.channel().close();
    }
  }
}
