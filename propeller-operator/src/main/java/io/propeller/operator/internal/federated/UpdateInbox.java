package io.propeller.operator.internal.federated;

import io.propeller.fl.update.RoundId;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Update;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the updates that come on the topics of rounds. Safe for use by any thread. */
final class UpdateInbox {

  private static final Logger log = LoggerFactory.getLogger(UpdateInbox.class);

  private final Rounds rounds;
  private final Senders senders;
  private final OperatorMetrics metrics;
  private final Executor thread;

  /**
   * Makes an inbox.
   *
   * @param thread where updates are stored, which takes a while
   */
  UpdateInbox(Rounds rounds, Senders senders, OperatorMetrics metrics, Executor thread) {
    this.rounds = rounds;
    this.senders = senders;
    this.metrics = metrics;
    this.thread = thread;
  }

  /** Takes an update, and acknowledges it once it is stored or not worth it. Does not wait. */
  void take(Delivery<Update> delivery) {
    try {
      thread.execute(() -> keep(delivery));
    } catch (RejectedExecutionException e) {
      // Closed: whoever comes next gets it.
      delivery.close();
    }
  }

  private void keep(Delivery<Update> delivery) {
    Update update = delivery.message();
    try {
      Optional<Senders.Sender> sender = sender(update, delivery.levels());
      if (sender.isEmpty()) {
        metrics.updateRefused("unknown");
      } else {
        var unused =
            rounds.offer(sender.get().round(), Envelopes.bytes(update), sender.get().proplet());
      }
      delivery.acknowledge();
    } catch (IOException e) {
      log.warn("an update cannot be kept now, and is asked for again", e);
      delivery.close();
    } catch (RuntimeException e) {
      log.error("an update could not be handled", e);
      metrics.updateRefused("failed");
      delivery.acknowledge();
    }
  }

  private Optional<Senders.Sender> sender(Update update, List<String> levels) {
    boolean named = levels.size() == 2;
    Optional<PropletId> identity =
        named ? Optional.of(PropletId.of(levels.get(1))) : update.propletId();
    try {
      RoundId round = RoundId.parse(named ? levels.get(0) : update.roundId().value());
      return identity.flatMap(id -> senders.of(update, senders.find(id, round)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
