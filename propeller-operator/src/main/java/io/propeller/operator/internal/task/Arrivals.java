package io.propeller.operator.internal.task;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.propeller.api.v1.Task;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.operator.internal.task.ResultAdmission.Admitted;
import io.propeller.operator.internal.task.ResultAdmission.Refusal;
import io.propeller.operator.internal.task.ResultAdmission.Refused;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.model.WorkerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The results that have arrived for one Task: those that count, and those that do not.
 *
 * @param accepted those that count: of a broadcast the first of each worker, otherwise the first
 * @param refused those that change nothing
 * @param refusals why, for each of those
 */
record Arrivals(
    ImmutableMap<WorkerId, Reply> accepted, List<Reply> refused, List<Refusal> refusals) {

  /**
   * Sorts results, oldest first.
   *
   * @param bereft whether what the present attempt has called is there no more
   */
  static Arrivals of(
      Task task,
      List<Reply> arrived,
      boolean bereft,
      Function<String, Optional<PropletId>> identity) {
    Map<WorkerId, Reply> accepted = new LinkedHashMap<>();
    List<Reply> refused = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (Reply reply : arrived) {
      ResultAdmission admission = ResultAdmission.of(task, reply, bereft, identity);
      if (admission instanceof Admitted admitted
          && (task.getSpec().isBroadcast() || accepted.isEmpty())
          && accepted.putIfAbsent(admitted.worker(), reply) == null) {
        continue;
      }
      refused.add(reply);
      refusals.add(admission instanceof Refused no ? no.refusal() : Refusal.REPEATED);
    }
    return new Arrivals(ImmutableMap.copyOf(accepted), List.copyOf(refused), List.copyOf(refusals));
  }

  /** Returns what the first result that counts says. */
  Optional<TaskOutcome> outcome() {
    return first().map(TaskOutcome::of);
  }

  /** Returns the first result that counts. */
  Optional<Result> first() {
    return accepted.values().stream().findFirst().map(Reply::result);
  }

  /** Returns what each result that counts says. */
  Map<WorkerId, TaskOutcome> outcomes() {
    return Maps.transformValues(accepted, reply -> TaskOutcome.of(reply.result()));
  }

  /** Returns whether a result that counts is an answer to this attempt. */
  boolean isAnsweredBy(AttemptId attempt) {
    return accepted.values().stream()
        .anyMatch(reply -> reply.result().taskId().value().equals(attempt.wire()));
  }

  /** Returns what may be forgotten once the decision is recorded: nothing, unless it tells it. */
  List<Reply> recordedBy(Decision decision) {
    boolean recorded =
        decision instanceof Decision.Complete
            || decision instanceof Decision.Fail
            || decision instanceof Decision.Retry
            || decision instanceof Decision.Gather
            || decision instanceof Decision.Started;
    return recorded ? accepted.values().asList() : List.of();
  }
}
