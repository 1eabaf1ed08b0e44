package io.propeller.testkit.mqtt;

import io.propeller.mqtt.topic.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a broker keeps for one client: messages that it has not acknowledged, in order. Used by one
 * thread.
 */
final class FakeSession {

  /** A message that is kept. */
  static final class Kept {
    private final String topic;
    private final byte[] payload;
    private boolean handedOut;
    private int failures;

    private Kept(String topic, byte[] payload) {
      this.topic = topic;
      this.payload = payload;
    }

    String topic() {
      return topic;
    }

    byte[] payload() {
      return payload;
    }

    /** Notes that the message is handed out, and returns whether it was before. */
    boolean handOut() {
      boolean before = handedOut;
      handedOut = true;
      return before;
    }

    int fail() {
      return ++failures;
    }
  }

  private final Channel channel;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private @Nullable FakeOperatorChannel reader;

  FakeSession(Channel channel) {
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  void add(String topic, byte[] payload) {
    Kept message = new Kept(topic, payload);
    kept.add(message);
    if (reader != null) {
      reader.deliver(message);
    }
  }

  void remove(Kept message) {
    kept.remove(message);
  }

  /** Gives all that is kept, and what comes from now on, to a reader; to nobody if it is null. */
  void readBy(@Nullable FakeOperatorChannel to) {
    reader = to;
    if (to != null) {
      List.copyOf(kept).forEach(to::deliver);
    }
  }
}
