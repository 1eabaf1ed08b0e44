package io.propeller.operator.internal.task;

import io.propeller.api.v1.TaskKind;
import io.propeller.api.v1.TaskSpec;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Task may ask for that this operator does not do yet; better refused than ignored. */
final class Support {

  private Support() {}

  /** Returns why the task cannot be run as it asks to be; empty if it can. */
  static Optional<String> missing(TaskSpec spec) {
    return Stream.of(when(spec.getKind() == TaskKind.FEDERATED, "spec.kind federated"))
        .flatMap(Optional::stream)
        .findFirst()
        .map(field -> field + " is not supported yet");
  }

  private static Optional<String> when(boolean asked, String field) {
    return asked ? Optional.of(field) : Optional.empty();
  }
}
