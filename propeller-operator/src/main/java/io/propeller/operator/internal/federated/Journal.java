package io.propeller.operator.internal.federated;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.TrainingRound;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.status.StatusWriter;

/** Writes statuses, and tells as an event what is new in each. */
final class Journal {

  private final Events events;

  Journal(Events events) {
    this.events = events;
  }

  /** Writes the status of a job, and returns the job as it is then. */
  FederatedJob write(FederatedJob read, FederatedJob wanted, Context<FederatedJob> context) {
    FederatedJob written = StatusWriter.write(read, wanted, context);
    JobStatuses.happening(read, wanted).ifPresent(news -> events.record(written, news));
    return written;
  }

  /** Writes the status of a round, and returns the round as it is then. */
  TrainingRound write(TrainingRound read, TrainingRound wanted, Context<TrainingRound> context) {
    TrainingRound written = StatusWriter.write(read, wanted, context);
    RoundStatuses.happening(read, wanted).ifPresent(news -> events.record(written, news));
    return written;
  }
}
