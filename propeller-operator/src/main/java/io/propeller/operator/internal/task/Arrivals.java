package io.propeller.operator.internal.task;

import io.propeller.api.v1.Task;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The results that have arrived for one Task: the first that counts, and those that do not.
 *
 * @param accepted the one that counts, if there is one
 * @param refused those that change nothing
 * @param refusals why, for each of those
 */
record Arrivals(
    Optional<Delivery<Result>> accepted,
    List<Delivery<Result>> refused,
    List<ResultAdmission.Refusal> refusals) {

  /** Sorts results, oldest first; of several that count, the first one does. */
  static Arrivals of(
      Task task, List<Delivery<Result>> arrived, Function<String, Optional<PropletId>> identity) {
    Optional<Delivery<Result>> accepted = Optional.empty();
    List<Delivery<Result>> refused = new ArrayList<>();
    List<ResultAdmission.Refusal> refusals = new ArrayList<>();
    for (Delivery<Result> delivery : arrived) {
      Optional<ResultAdmission.Refusal> refusal =
          accepted.isPresent()
              ? Optional.of(ResultAdmission.Refusal.REPEATED)
              : ResultAdmission.refuse(task, delivery.message(), identity);
      if (refusal.isPresent()) {
        refused.add(delivery);
        refusals.add(refusal.get());
      } else {
        accepted = Optional.of(delivery);
      }
    }
    return new Arrivals(accepted, List.copyOf(refused), List.copyOf(refusals));
  }

  /** Returns what the result that counts says. */
  Optional<TaskOutcome> outcome() {
    return accepted.map(delivery -> TaskOutcome.of(delivery.message()));
  }

  /** Returns whether the result that counts is the answer to this attempt. */
  boolean isAnsweredBy(AttemptId attempt) {
    return accepted
        .filter(delivery -> delivery.message().taskId().value().equals(attempt.wire()))
        .isPresent();
  }

  /** Returns what may be forgotten once the decision is recorded: nothing, unless it is final. */
  List<Delivery<Result>> recordedBy(Decision decision) {
    boolean recorded =
        decision instanceof Decision.Complete
            || decision instanceof Decision.Fail
            || decision instanceof Decision.Retry;
    return recorded ? accepted.stream().toList() : List.of();
  }
}
