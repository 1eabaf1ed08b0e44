package io.propeller.operator.internal.federated;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.fl.update.RoundId;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.Update;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds who an update is of, and for which round, where only the identity on the wire and the name
 * of the round are known. Safe for use by any thread.
 */
final class Senders {

  /** A participant of a round. */
  record Sender(OpenRound round, String proplet) {}

  private final Rounds rounds;
  private final PropletDirectory proplets;
  private final Function<String, Optional<ResourceID>> tasks;

  /**
   * Makes a finder.
   *
   * @param tasks finds a Task by its UUID
   */
  Senders(Rounds rounds, PropletDirectory proplets, Function<String, Optional<ResourceID>> tasks) {
    this.rounds = rounds;
    this.proplets = proplets;
    this.tasks = tasks;
  }

  /** Returns the participants that have this identity, in all rounds of that name. */
  List<Sender> find(PropletId identity, RoundId round) {
    return proplets.named(identity).stream()
        .flatMap(
            proplet ->
                rounds
                    .all()
                    .filter(one -> one.namespace().equals(proplet.getNamespace().orElse("")))
                    .filter(one -> one.roundId().equals(round))
                    .filter(one -> one.hasParticipant(proplet.getName()))
                    .map(one -> new Sender(one, proplet.getName())))
        .toList();
  }

  /** Returns of several participants the one that an update names by its task or its experiment. */
  Optional<Sender> of(Update update, List<Sender> candidates) {
    if (candidates.size() < 2) {
      return candidates.stream().findFirst();
    }
    Optional<ResourceID> task =
        update
            .taskId()
            .map(TaskId::value)
            .flatMap(AttemptId::parse)
            .map(AttemptId::task)
            .flatMap(tasks);
    List<Sender> left =
        candidates.stream()
            .filter(
                one ->
                    task.isPresent()
                        ? isTaskOf(one, task.get())
                        : update.jobId().filter(one.round().experiment()::equals).isPresent())
            .toList();
    return left.size() == 1 ? Optional.of(left.get(0)) : Optional.empty();
  }

  private static boolean isTaskOf(Sender sender, ResourceID task) {
    return task.getNamespace().equals(sender.round().id().getNamespace())
        && task.getName().equals(RoundTasks.name(sender.round().id().getName(), sender.proplet()));
  }
}
