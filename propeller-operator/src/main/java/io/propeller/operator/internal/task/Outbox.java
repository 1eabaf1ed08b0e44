package io.propeller.operator.internal.task;

import io.propeller.mqtt.client.NotConnectedException;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.UnacknowledgedException;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.codec.EncodeException;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.Start;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What is recorded and has yet to reach the broker: Starts of attempts.
 *
 * <p>Safe for use by any thread.
 */
public final class Outbox {

  private final Set<AttemptId> unsent = ConcurrentHashMap.newKeySet();
  private final Set<AttemptId> onTheWay = ConcurrentHashMap.newKeySet();
  private final Set<AttemptId> doubtful = ConcurrentHashMap.newKeySet();
  private final Map<AttemptId, String> refused = new ConcurrentHashMap<>();
  private final Supplier<OperatorChannel> channel;

  /** Makes an empty outbox for a channel that need not be open yet. */
  public Outbox(Supplier<OperatorChannel> channel) {
    this.channel = channel;
  }

  /** Records that the Start of an attempt may not have reached the broker. */
  public void add(AttemptId attempt) {
    unsent.add(attempt);
  }

  /** Records that the Start of an attempt may have been sent and must not be sent twice. */
  public void doubt(AttemptId attempt) {
    doubtful.add(attempt);
  }

  /** Returns whether the Start of an attempt may have been sent and must not be sent twice. */
  boolean isInDoubt(AttemptId attempt) {
    return doubtful.contains(attempt);
  }

  /** Returns whether the Start of an attempt has yet to reach the broker. */
  boolean isUnsent(AttemptId attempt) {
    return unsent.contains(attempt);
  }

  /** Returns whether the Start of an attempt has yet to be sent, and is not on its way. */
  boolean isDue(AttemptId attempt) {
    return unsent.contains(attempt) && !onTheWay.contains(attempt);
  }

  /** Returns why the Start of an attempt cannot be sent at all; empty if it can. */
  Optional<String> refusal(AttemptId attempt) {
    return Optional.ofNullable(refused.get(attempt));
  }

  /** Records that the Start of an attempt cannot be sent at all, and why. */
  void refuse(AttemptId attempt, String reason) {
    refused.put(attempt, reason);
  }

  /** Forgets an attempt. */
  void remove(AttemptId attempt) {
    unsent.remove(attempt);
    doubtful.remove(attempt);
    refused.remove(attempt);
  }

  /**
   * Sends the Start of an attempt, or the Invoke that stands for it.
   *
   * @param onSent is called when the broker has it
   * @param onFailure is called where sending again, or giving up, is worth a try now
   */
  void send(
      AttemptId attempt,
      OperatorMessage message,
      Dialect dialect,
      Runnable onSent,
      Runnable onFailure) {
    if (!onTheWay.add(attempt)) {
      return;
    }
    var unused =
        channel
            .get()
            .publish(message, dialect)
            .whenComplete(
                (done, failure) -> {
                  onTheWay.remove(attempt);
                  if (failure == null) {
                    unsent.remove(attempt);
                    onSent.run();
                    return;
                  }
                  Throwable cause = cause(failure);
                  if (cause instanceof EncodeException) {
                    refused.put(attempt, String.valueOf(cause.getMessage()));
                  }
                  if (isDaemon(message) && cause instanceof UnacknowledgedException) {
                    unsent.remove(attempt);
                    doubtful.add(attempt);
                  }
                  if (!(cause instanceof NotConnectedException)) {
                    onFailure.run();
                  }
                });
  }

  private static boolean isDaemon(OperatorMessage message) {
    return message instanceof Start start && start.daemon();
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
