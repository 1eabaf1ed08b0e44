package io.propeller.mqtt.client;

import io.propeller.mqtt.message.StateMessage;
import io.propeller.mqtt.topic.Topic;
import java.time.Instant;
import java.util.List;

/**
 * A message that the broker keeps until it is acknowledged.
 *
 * <p>Every delivery must be closed, by {@link #acknowledge} or {@link #close}. Acknowledgements
 * reach the broker in the order of arrival, so one that is held back holds back all after it; a
 * delivery that stays open for longer than the channel's {@link
 * OperatorChannelOptions#acknowledgeWithin} is given back. Safe for use by any thread; no method
 * waits.
 *
 * @param <M> the message
 */
public interface Delivery<M extends StateMessage> extends AutoCloseable {

  /** Returns the message. */
  M message();

  /** Returns the topic that it came on. */
  Topic topic();

  /**
   * Returns what stands in the topic's variable levels: the round and the worker of an update,
   * otherwise nothing.
   */
  List<String> levels();

  /** Returns when it arrived. */
  Instant receivedAt();

  /** Returns whether an equal message was handed out before, by this channel, on this topic. */
  boolean repeated();

  /**
   * Tells the broker that the message may be forgotten. Has no effect after this method or {@link
   * #close}.
   */
  void acknowledge();

  /**
   * Gives the message back if it has not been acknowledged: the channel then connects anew, and all
   * that is unacknowledged is delivered again. Has no effect when called again.
   */
  @Override
  void close();
}
