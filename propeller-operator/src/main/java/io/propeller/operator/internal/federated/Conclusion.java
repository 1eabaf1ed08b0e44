package io.propeller.operator.internal.federated;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.fl.round.Stage;
import io.propeller.fl.round.Stage.Closed;
import io.propeller.fl.round.Stage.Outcome;
import io.propeller.fl.store.ModelVersion;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Ends rounds: publishes the model of one that has what it needs, or says why there is none. */
final class Conclusion {

  private final FederatedState state;
  private final Journal journal;
  private final InstantSource clock;

  Conclusion(FederatedState state, Journal journal, InstantSource clock) {
    this.state = state;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Ends a round, if it is time to.
   *
   * @param tasks its tasks, by participant
   * @return the round that is over; empty if it goes on
   * @throws IOException if the store cannot be read or written
   */
  Optional<TrainingRound> of(
      TrainingRound read, OpenRound open, Map<String, Task> tasks, Context<TrainingRound> context)
      throws IOException {
    TrainingRound round = read;
    if (open.round().stage() instanceof Stage.Ready) {
      round = aggregating(round, open, tasks, context);
      Optional<String> obstacle = aggregate(open);
      if (obstacle.isPresent()) {
        TrainingRound failed =
            statuses(round).failed(open, tasks, "Conflict", obstacle.get(), clock.instant());
        return Optional.of(journal.write(round, failed, context));
      }
    }
    return open.round().stage() instanceof Closed closed
        ? Optional.of(close(round, open, tasks, closed, context))
        : Optional.empty();
  }

  /**
   * Computes the model; returns what keeps it from being published: another round of this number
   * that has been, and was deleted and made anew.
   */
  private static Optional<String> aggregate(OpenRound open) throws IOException {
    try {
      var unused = open.coordinator().aggregate();
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private TrainingRound aggregating(
      TrainingRound round,
      OpenRound open,
      Map<String, Task> tasks,
      Context<TrainingRound> context) {
    return RoundStatuses.phase(round) == TrainingRoundPhase.RUNNING
        ? journal.write(round, statuses(round).aggregating(open, tasks), context)
        : round;
  }

  private TrainingRound close(
      TrainingRound read,
      OpenRound open,
      Map<String, Task> tasks,
      Closed closed,
      Context<TrainingRound> context)
      throws IOException {
    TrainingRound round = read;
    TrainingRound wanted;
    if (closed.outcome() instanceof Outcome.Aggregated) {
      round = aggregating(round, open, tasks, context);
      ModelRef model = new ModelRef(open.namespace(), open.name(), published(open).number());
      wanted = statuses(round).completed(open, tasks, model, closed.at());
      state.roundOver(round, model, closed.at());
    } else if (closed.outcome() instanceof Outcome.Impossible impossible) {
      wanted = statuses(round).failed(open, tasks, "Impossible", impossible.reason(), closed.at());
    } else {
      wanted =
          statuses(round)
              .failed(
                  open,
                  tasks,
                  "DeadlineExceeded",
                  "%d of the %d updates that it needs were in after spec.timeoutSeconds, %d"
                      .formatted(
                          open.round().contributions().size(),
                          open.round().spec().quorum(),
                          round.getSpec().getTimeoutSeconds()),
                  closed.at());
    }
    return journal.write(round, wanted, context);
  }

  private ModelVersion published(OpenRound open) throws IOException {
    return state
        .models()
        .orElseThrow()
        .publishedBy(open.model(), open.roundId())
        .orElseThrow(() -> new IOException("the version of " + open.roundId() + " is gone"));
  }

  private RoundStatuses statuses(TrainingRound round) {
    return RoundStatuses.of(round, clock.instant());
  }
}
