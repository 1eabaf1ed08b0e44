package io.propeller.benchmarks.operator;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import java.util.UUID;

/** The Tasks that both contenders run. */
final class Tasks {

  private static final String ADD = "AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=";

  private Tasks() {}

  static Task next(String namespace) {
    return new TaskBuilder()
        .withNewMetadata()
        .withName("task-" + UUID.randomUUID())
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withFunctionName("add")
        .withFile(ADD)
        .withInputs("10", "32")
        .endSpec()
        .build();
  }
}
