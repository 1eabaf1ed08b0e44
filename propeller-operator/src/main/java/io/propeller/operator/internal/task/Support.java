package io.propeller.operator.internal.task;

import io.propeller.api.v1.TaskKind;
import io.propeller.api.v1.TaskSpec;
import java.util.Optional;

/** What a Task may ask for that this operator does not do yet; better refused than ignored. */
final class Support {

  private Support() {}

  /** Returns why the task cannot be run as it asks to be; empty if it can. */
  static Optional<String> missing(TaskSpec spec) {
    return spec.getKind() == TaskKind.FEDERATED
        ? Optional.of("spec.kind federated is not supported yet")
        : Optional.empty();
  }
}
