package io.propeller.operator.internal.task;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskSpec;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.util.Map;

/** Tasks that call a latent one: what their workers are told. */
final class Invocations {

  private Invocations() {}

  /** Returns whether a task calls another one, and has no module of its own. */
  static boolean isOne(Task task) {
    return task.getSpec().getInvokes() != null;
  }

  /**
   * Returns what tells a proplet to call the latent task that it keeps.
   *
   * @param results what those that the caller depends on hand on to it, by name of a variable
   * @throws IllegalArgumentException if the status does not say which attempt is called
   */
  static Invoke invoke(Task task, AttemptId attempt, Target target, Map<String, String> results) {
    TaskSpec spec = task.getSpec();
    AttemptId called =
        Callees.called(task)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "status.runAttempts does not say which attempt of task %s is called"
                            .formatted(spec.getInvokes())));
    return Invoke.builder()
        .id(TaskId.of(called.wire()))
        .invocationId(attempt.wire())
        .target(target)
        .inputs(spec.getInputs())
        .putAllEnv(spec.getEnv())
        .putAllEnv(results)
        .putAllEnv(StartMessages.identity(target))
        .putEnv("TASK_ID", attempt.wire())
        .build();
  }
}
