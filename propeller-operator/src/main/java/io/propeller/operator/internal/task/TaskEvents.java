package io.propeller.operator.internal.task;

import io.propeller.operator.internal.event.Happening;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import java.util.Optional;

/** Says which decisions are worth an event, and in what words. */
final class TaskEvents {

  private TaskEvents() {}

  static Optional<Happening> of(Decision decision) {
    if (decision instanceof Decision.Dispatch dispatch) {
      return Optional.of(
          Happening.normal(
              "Placed", "attempt %d is %s's".formatted(dispatch.attempt(), dispatch.worker())));
    }
    if (decision instanceof Decision.Broadcast broadcast) {
      return Optional.of(
          Happening.normal(
              "Placed",
              "attempt %d is sent to %d proplets"
                  .formatted(broadcast.attempt(), broadcast.workers().size())));
    }
    if (decision instanceof Decision.RunBeside beside) {
      return Optional.of(
          Happening.normal("RunBeside", "the run of " + beside.due() + " goes on beside this one"));
    }
    if (decision instanceof Decision.Started) {
      return Optional.of(Happening.normal("Started", "the proplet has started the daemon"));
    }
    if (decision instanceof Decision.Doubt) {
      return Optional.of(
          Happening.warning(
              "StartInDoubt", "it is not known whether the proplet was told to start"));
    }
    return decision instanceof Decision.Gather gather
        ? gather.end().flatMap(TaskEvents::ofEnd)
        : ofEnd(decision);
  }

  private static Optional<Happening> ofEnd(Decision decision) {
    if (decision instanceof Decision.Complete) {
      return Optional.of(Happening.normal("Completed", "the task ran to its end"));
    }
    if (decision instanceof Decision.Skip skip) {
      return Optional.of(Happening.normal("Skipped", skip.message()));
    }
    if (decision instanceof Decision.Fail fail) {
      return Optional.of(Happening.warning(Reasons.of(fail.kind()), fail.message()));
    }
    if (decision instanceof Decision.Retry retry) {
      return Optional.of(Happening.warning("Retry", retry.error()));
    }
    if (decision instanceof Decision.Interrupt interrupt) {
      String reason = Reasons.of(interrupt.cause());
      boolean meant = interrupt.cause() == Interruption.SUSPENDED;
      return Optional.of(
          meant
              ? Happening.normal(reason, interrupt.message())
              : Happening.warning(reason, interrupt.message()));
    }
    return Optional.empty();
  }
}
