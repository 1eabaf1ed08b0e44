package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.proplet.PropletDirectory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gives participants up of whom nothing is to be expected.
 *
 * @see Withdrawals
 */
final class Surrender {

  private final PropletDirectory proplets;
  private final Consumer<ResourceID> wakeTask;

  /**
   * Makes one.
   *
   * @param wakeTask has a Task looked at
   */
  Surrender(PropletDirectory proplets, Consumer<ResourceID> wakeTask) {
    this.proplets = proplets;
    this.wakeTask = wakeTask;
  }

  /**
   * Gives up those of a round whose time has come; then has their tasks looked at, and those that
   * wait for a place, as they may have waited for them.
   *
   * @param tasks its tasks, by participant
   * @return when to look at the others again
   * @throws IOException if it cannot be stored that one is given up
   */
  Optional<Instant> step(
      TrainingRound round,
      OpenRound open,
      Map<String, Task> tasks,
      KubernetesClient client,
      Instant now)
      throws IOException {
    Duration grace = RoundTasks.grace(round);
    Optional<Instant> next = Optional.empty();
    Set<ResourceID> wake = new HashSet<>();
    for (String proplet : RoundTasks.participants(round)) {
      if (open.isCounted(proplet) || open.isWithdrawn(proplet) || !open.round().stage().accepts()) {
        continue;
      }
      Optional<Task> task =
          Optional.ofNullable(tasks.get(proplet)).or(() -> find(round, proplet, client));
      Withdrawals.Worker worker = worker(open.namespace(), proplet);
      if (Withdrawals.isGivenUp(task, worker, grace, now)) {
        open.withdraw(proplet);
        task.map(ResourceID::fromResource).ifPresent(wake::add);
      } else {
        next =
            Stream.concat(
                    next.stream(), Withdrawals.end(worker, grace).filter(now::isBefore).stream())
                .min(Instant::compareTo);
      }
    }
    if (!wake.isEmpty()) {
      tasks.values().stream()
          .filter(task -> task.phase() == TaskPhase.PENDING)
          .map(ResourceID::fromResource)
          .forEach(wake::add);
    }
    wake.forEach(wakeTask);
    return next;
  }

  /** The cache may not know yet what has just been made. */
  private static Optional<Task> find(TrainingRound round, String proplet, KubernetesClient client) {
    return Optional.ofNullable(
            client
                .resources(Task.class)
                .inNamespace(round.getMetadata().getNamespace())
                .withName(RoundTasks.name(round.getMetadata().getName(), proplet))
                .get())
        .filter(task -> Ownership.isOf(task, round));
  }

  private Withdrawals.Worker worker(String namespace, String proplet) {
    return proplets
        .find(new ResourceID(proplet, namespace))
        .map(known -> new Withdrawals.Worker(true, known.absentSince()))
        .orElseGet(() -> new Withdrawals.Worker(false, Optional.empty()));
  }
}
