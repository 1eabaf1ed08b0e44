package io.propeller.operator.internal.federated;

import com.google.common.hash.Hashing;
import io.propeller.api.v1.DisconnectPolicy;
import io.propeller.api.v1.Executor;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskKind;
import io.propeller.api.v1.TaskMode;
import io.propeller.api.v1.TrainingRound;
import io.propeller.operator.internal.pod.Ownership;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The Tasks of a round: one for each participant, pinned to it. */
final class RoundTasks {

  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;
  private static final int DIGEST = 8;

  /** The most time that a worker may be away in the middle of a round. */
  private static final Duration MAX_GRACE = Duration.ofSeconds(60);

  /** The share of a round that a worker may be away for. */
  private static final int GRACE_SHARE = 10;

  private RoundTasks() {}

  /** Returns the name of a participant's task: {@code {round}-{proplet}}, or the start of that. */
  static String name(String round, String proplet) {
    String name = round + "-" + proplet;
    if (name.length() <= MAX_NAME) {
      return name;
    }
    String digest = Hashing.sha256().hashString(name, StandardCharsets.UTF_8).toString();
    return name.substring(0, MAX_NAME - DIGEST - 1) + "-" + digest.substring(0, DIGEST);
  }

  /** Returns the value of a label that names a resource. */
  static String label(String name, String uid) {
    return name.length() <= MAX_LABEL ? name : uid;
  }

  /** Returns for how long a worker of a round may be away before it is given up. */
  static Duration grace(TrainingRound round) {
    Duration share =
        Duration.ofSeconds(Math.max(1, round.getSpec().getTimeoutSeconds() / GRACE_SHARE));
    return share.compareTo(MAX_GRACE) < 0 ? share : MAX_GRACE;
  }

  /** Returns the Proplets that a round asks, by name, each once and in its order. */
  static Set<String> participants(TrainingRound round) {
    return new LinkedHashSet<>(round.getSpec().getParticipants());
  }

  /** Returns those of some tasks that are a round's own, by participant. */
  static Map<String, Task> byParticipant(TrainingRound round, Stream<Task> tasks) {
    Map<String, Task> own = new HashMap<>();
    tasks
        .filter(task -> Ownership.isOf(task, round))
        .forEach(task -> participant(task).ifPresent(proplet -> own.put(proplet, task)));
    return own;
  }

  /** Returns the Proplet that a task of a round is pinned to. */
  static Optional<String> participant(Task task) {
    return Optional.ofNullable(task.getSpec().getPropletSelector())
        .flatMap(selector -> Optional.ofNullable(selector.getPropletId()));
  }

  /**
   * Describes a participant's task.
   *
   * @param job the job that the round names, which may have the module
   * @throws IllegalStateException if there is no module: the job is not known at this moment, as
   *     when the caches of an operator are emptied that is about to end
   */
  static Task task(
      TrainingRound round,
      String proplet,
      Optional<FederatedJob> job,
      Map<String, String> environment) {
    var metadata =
        Ownership.metadata(round, name(round.getMetadata().getName(), proplet))
            .addToLabels(
                PropellerApi.ROUND_LABEL,
                label(round.getMetadata().getName(), round.getMetadata().getUid()));
    job.ifPresent(
        one ->
            metadata.addToLabels(
                PropellerApi.FEDERATED_JOB_LABEL,
                label(one.getMetadata().getName(), one.getMetadata().getUid())));
    var spec =
        new TaskBuilder()
            .withMetadata(metadata.build())
            .withNewSpec()
            // A component is a command under this name only; a core module without such an export
            // is asked for others.
            .withFunctionName("_start")
            .withKind(TaskKind.FEDERATED)
            .withMode(TaskMode.TRAIN)
            .withExecutor(Executor.MQTT)
            .withNewPropletSelector()
            .withPropletId(proplet)
            .endPropletSelector()
            .withDisconnectPolicy(DisconnectPolicy.FAIL)
            .withDisconnectGraceSeconds((int) grace(round).toSeconds())
            .withEnv(environment);
    String image = round.getSpec().getTaskWasmImage();
    if (image != null && !image.isEmpty()) {
      spec.withImageUrl(image);
    } else {
      spec.withFile(
          job.map(one -> one.getSpec().getTaskFile())
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "the module of %s is not at hand"
                              .formatted(round.getMetadata().getName()))));
    }
    return spec.endSpec().build();
  }
}
