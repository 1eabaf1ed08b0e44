package io.propeller.operator.internal.federated;

import io.propeller.mqtt.client.NotConnectedException;
import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.RoundId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the workers that rounds are over. Safe for use by any thread; no method waits.
 *
 * <p>It is told before it is recorded, so a crash may have it told twice, and never not at all
 * while there is a connection.
 */
final class Announcer {

  private static final Logger log = LoggerFactory.getLogger(Announcer.class);
  private static final int MAX_WAITING = 1_000;

  private final LinkedBlockingQueue<RoundComplete> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Function<RoundComplete, CompletionStage<Void>> channel;

  /**
   * Makes an announcer.
   *
   * @param channel publishes a message
   */
  Announcer(Function<RoundComplete, CompletionStage<Void>> channel) {
    this.channel = channel;
  }

  /** Says that a round has its model, now or when there is a connection. */
  void announce(String round, ModelRef model, boolean more, Instant at) {
    publish(
        RoundComplete.builder()
            .roundId(RoundId.of(round))
            .newModelVersion(Integer.toString(model.number()))
            .modelUri(model.toString())
            .nextRoundAvailable(more)
            .timestamp(at)
            .build());
  }

  /** Says what could not be said before. To be called when there is a connection. */
  void flush() {
    List<RoundComplete> again = new ArrayList<>();
    waiting.drainTo(again);
    again.forEach(this::publish);
  }

  private void publish(RoundComplete message) {
    var unused =
        channel
            .apply(message)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null && !waiting.offer(message)) {
                    log.warn("{} is over, and nobody is told", message.roundId(), failure);
                  } else if (failure != null && !(failure instanceof NotConnectedException)) {
                    log.info("that {} is over will be told later", message.roundId(), failure);
                  }
                });
  }
}
