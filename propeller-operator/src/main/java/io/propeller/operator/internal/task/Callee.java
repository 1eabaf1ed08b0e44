package io.propeller.operator.internal.task;

import com.google.common.base.Ascii;
import io.propeller.api.v1.Task;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.WorkerId;
import java.util.Optional;

/**
 * What is known of the Task that another one calls.
 *
 * @param attempt its present attempt; empty if it has none
 * @param worker where that is; empty if it is nowhere
 * @param obstacle why it cannot be called now; empty if it can
 */
record Callee(Optional<AttemptId> attempt, Optional<WorkerId> worker, Optional<String> obstacle) {

  /** How the present attempt of a Task has come to its worker. */
  enum Delivery {
    /** It has yet to be told. */
    UNSENT,
    /** It was told, and is there. */
    THERE,
    /** It was told, and is away or has begun anew. */
    AWAY
  }

  /**
   * Judges the Task that is called.
   *
   * @param delivery of no account where the Task has no attempt
   */
  static Callee of(Task called, Delivery delivery) {
    String name = called.getMetadata().getName();
    if (!called.getSpec().isLatent()) {
      return nowhere(
          "task %s cannot be called: its spec.latent is false, and has to be true".formatted(name));
    }
    if (called.isMarkedForDeletion()) {
      return nowhere("task %s is being deleted".formatted(name));
    }
    AttemptId attempt = TaskRuns.current(called).orElse(null);
    if (attempt == null || !(TaskRuns.of(called) instanceof TaskRun.Dispatched run)) {
      return nowhere(
          switch (called.phase()) {
            case PENDING, SCHEDULED, RUNNING -> notYet(name);
            case COMPLETED, FAILED, SKIPPED, INTERRUPTED ->
                "task %s does not run: it is %s"
                    .formatted(name, Ascii.toLowerCase(called.phase().name()));
          });
    }
    return new Callee(
        Optional.of(attempt),
        Optional.of(run.worker()),
        switch (delivery) {
          case THERE -> Optional.empty();
          case UNSENT -> Optional.of(notYet(name));
          case AWAY ->
              Optional.of(
                  "proplet %s, which has task %s, is not there".formatted(run.worker(), name));
        });
  }

  /** Returns one that is nowhere. */
  static Callee nowhere(String obstacle) {
    return new Callee(Optional.empty(), Optional.empty(), Optional.of(obstacle));
  }

  private static String notYet(String name) {
    return "task %s does not run yet".formatted(name);
  }
}
