package io.propeller.testkit.mqtt;

import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.StateMessage;
import io.propeller.mqtt.topic.Topic;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A delivery from a {@link FakeBroker}. */
final class FakeDelivery<M extends StateMessage> implements Delivery<M> {

  private final FakeOperatorChannel channel;
  private final FakeSession session;
  private final int connection;
  private final FakeSession.Kept kept;
  private final List<String> levels;
  private final M message;
  private final Instant receivedAt;
  private final boolean repeated;
  private final AtomicBoolean open = new AtomicBoolean(true);

  FakeDelivery(
      FakeOperatorChannel channel,
      FakeSession session,
      int connection,
      FakeSession.Kept kept,
      List<String> levels,
      M message) {
    this.channel = channel;
    this.session = session;
    this.connection = connection;
    this.kept = kept;
    this.levels = levels;
    this.message = message;
    this.receivedAt = channel.now();
    this.repeated = kept.handOut();
  }

  FakeSession session() {
    return session;
  }

  int connection() {
    return connection;
  }

  FakeSession.Kept kept() {
    return kept;
  }

  @Override
  public M message() {
    return message;
  }

  @Override
  public Topic topic() {
    return Topic.parse(kept.topic());
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
  public void acknowledge() {
    if (open.getAndSet(false)) {
      channel.acknowledged(this);
    }
  }

  @Override
  public void close() {
    if (open.getAndSet(false)) {
      channel.givenBack(this);
    }
  }
}
