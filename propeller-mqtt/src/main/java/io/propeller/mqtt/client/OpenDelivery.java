package io.propeller.mqtt.client;

import io.propeller.mqtt.message.StateMessage;
import io.propeller.mqtt.topic.Topic;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A delivery over one connection. */
final class OpenDelivery<M extends StateMessage> implements Delivery<M>, Ledger.Entry {

  /** What a delivery's end does to the session. */
  interface Ends {
    void acknowledged(OpenDelivery<?> delivery);

    void givenBack(OpenDelivery<?> delivery);
  }

  private final M message;
  private final String topic;
  private final List<String> levels;
  private final Instant receivedAt;
  private final boolean repeated;
  private final int bytes;
  private final int connection;
  private final Ends ends;
  private final AtomicBoolean open = new AtomicBoolean(true);

  OpenDelivery(
      M message,
      String topic,
      List<String> levels,
      Instant receivedAt,
      boolean repeated,
      int bytes,
      int connection,
      Ends ends) {
    this.message = message;
    this.topic = topic;
    this.levels = levels;
    this.receivedAt = receivedAt;
    this.repeated = repeated;
    this.bytes = bytes;
    this.connection = connection;
    this.ends = ends;
  }

  @Override
  public M message() {
    return message;
  }

  @Override
  public Topic topic() {
    return Topic.parse(topic);
  }

  @Override
  public List<String> levels() {
    return levels;
  }

  @Override
  public Instant receivedAt() {
    return receivedAt;
  }

  @Override
  public boolean repeated() {
    return repeated;
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public int connection() {
    return connection;
  }

  @Override
  public void acknowledge() {
    if (open.getAndSet(false)) {
      ends.acknowledged(this);
    }
  }

  @Override
  public void close() {
    if (open.getAndSet(false)) {
      ends.givenBack(this);
    }
  }

  @Override
  public String toString() {
    return "delivery on " + topic + " at " + receivedAt;
  }
}
