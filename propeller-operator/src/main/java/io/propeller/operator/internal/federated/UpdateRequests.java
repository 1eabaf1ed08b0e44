package io.propeller.operator.internal.federated;

import io.propeller.fl.Admission;
import io.propeller.fl.update.Refusal;
import io.propeller.fl.update.RoundId;
import io.propeller.fl.update.UpdateEnvelope;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.PropletId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes updates: {@code POST /{namespace}/{round UID}/{proplet}/update}, as the tasks of a round
 * are told, or {@code POST /update} where the message itself names one participant of one round.
 * Safe for use by any thread.
 *
 * <p>Who sends is not asked to prove it. The first address holds the UID of the round and the name
 * of the participant, and only the Start of the participant's task says it, so whoever knows it is
 * trusted to be the participant, whatever the message says of its sender. The second is for workers
 * that know one address only: there the {@code round_id} and {@code proplet_id} of the message are
 * trusted, where they name one participant of one round under way, and so whoever reaches this port
 * and knows these names can send in place of a worker that has not sent yet. An update counts once,
 * and its numbers are checked, on each way.
 */
final class UpdateRequests {

  private static final Pattern PATH =
      Pattern.compile("(?:/([a-z0-9.-]{1,253})/([0-9a-f-]{36})/([a-z0-9.-]{1,253}))?/update");

  private static final Answer COUNTED =
      Answer.json(Bytes.wrap("{\"status\":\"counted\"}\n".getBytes(StandardCharsets.UTF_8)));

  private final FederatedState state;
  private final Senders senders;

  UpdateRequests(FederatedState state, Senders senders) {
    this.state = state;
    this.senders = senders;
  }

  Answer post(String path, byte[] message) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Answer.text(
          Answer.NOT_FOUND,
          "there is no " + path + "; updates go to MANAGER_COORDINATOR_URL/update");
    }
    if (matcher.group(1) == null) {
      return plain(message);
    }
    Optional<OpenRound> round =
        state
            .rounds()
            .find(matcher.group(2))
            .filter(one -> one.namespace().equals(matcher.group(1)));
    if (round.isEmpty()) {
      return state.experiments().isUnderWay(matcher.group(1), matcher.group(2))
          ? Answer.text(Answer.UNAVAILABLE, "the round is about to be opened: send it again")
          : Answer.text(Answer.GONE, "there is no such round under way");
    }
    if (!round.get().hasParticipant(matcher.group(3))) {
      return Answer.text(
          Answer.FORBIDDEN, matcher.group(3) + " is not a participant of " + round.get().roundId());
    }
    return offer(round.get(), matcher.group(3), message);
  }

  /** Takes a message that says itself who sends it, and for which round. */
  private Answer plain(byte[] message) {
    Optional<UpdateEnvelope> envelope = Envelopes.read(message);
    if (envelope.isEmpty()) {
      return Answer.text(Answer.BAD_REQUEST, "the update is not JSON as it should be");
    }
    List<Senders.Sender> found;
    try {
      found =
          senders.find(
              PropletId.of(envelope.get().propletId().orElse("")),
              RoundId.parse(envelope.get().roundId().orElse("")));
    } catch (IllegalArgumentException e) {
      return Answer.text(
          Answer.BAD_REQUEST, "the update must name its round_id and its proplet_id");
    }
    if (found.size() > 1) {
      return Answer.text(
          Answer.CONFLICT,
          "%d rounds under way are called %s and have this participant: post to MANAGER_COORDINATOR_URL/update"
              .formatted(found.size(), envelope.get().roundId().orElse("")));
    }
    return found.isEmpty()
        ? Answer.text(Answer.NOT_FOUND, "there is no such participant of a round of that name")
        : offer(found.get(0).round(), found.get(0).proplet(), message);
  }

  private Answer offer(OpenRound round, String proplet, byte[] message) {
    try {
      Admission admission = state.rounds().offer(round, message, proplet);
      return admission instanceof Admission.Refused refused ? refused(refused.refusal()) : COUNTED;
    } catch (IOException e) {
      return Answer.text(Answer.UNAVAILABLE, "the update cannot be kept now: send it again");
    }
  }

  private static Answer refused(Refusal refusal) {
    int code =
        switch (refusal.reason()) {
          case TOO_LARGE -> Answer.TOO_LARGE;
          case MALFORMED -> Answer.BAD_REQUEST;
          case NOT_A_PARTICIPANT -> Answer.FORBIDDEN;
          case REPEATED -> Answer.CONFLICT;
          case LATE -> Answer.GONE;
          case WORKER_ERROR, OTHER_ROUND, FORMAT, SHAPE, NOT_FINITE, WEIGHT, LOSS ->
              Answer.UNPROCESSABLE;
        };
    return Answer.text(
        code, "the update does not count: %s: %s".formatted(refusal.reason(), refusal.detail()));
  }
}
