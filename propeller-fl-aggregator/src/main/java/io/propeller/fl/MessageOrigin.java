package io.propeller.fl;

import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.RoundId;
import java.util.Optional;

/**
 * What the transport knows of a message, which goes before what the message says.
 *
 * @param sender who sent it, from the topic or the task that it answers
 * @param round the round that it is for, from the topic
 */
public record MessageOrigin(Optional<ParticipantId> sender, Optional<RoundId> round) {
  /** Nothing is known. */
  public static final MessageOrigin UNKNOWN = new MessageOrigin(Optional.empty(), Optional.empty());

  /** Returns an origin of which the sender alone is known. */
  public static MessageOrigin of(ParticipantId sender) {
    return new MessageOrigin(Optional.of(sender), Optional.empty());
  }
}
