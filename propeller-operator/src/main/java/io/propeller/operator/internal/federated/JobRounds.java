package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobSpec;
import io.propeller.api.v1.FederatedJobStatus;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundBuilder;
import io.propeller.fl.update.RoundId;
import io.propeller.operator.internal.pod.Ownership;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The TrainingRounds of a FederatedJob. */
final class JobRounds {

  private static final String PREFIX = "round-";

  private JobRounds() {}

  /** Returns the name of a round: {@code round-{n}-{job}}. */
  static String name(FederatedJob job, int number) {
    return PREFIX + number + "-" + job.getMetadata().getName();
  }

  /** Returns the number of a round that a job made. */
  static int number(TrainingRound round) {
    String id = round.getSpec().getRoundId();
    return id.startsWith(PREFIX) ? Integer.parseInt(id.substring(PREFIX.length())) : 0;
  }

  /** Describes a round, which begins with the model of the one before. */
  static TrainingRound round(FederatedJob job, int number, List<String> participants) {
    FederatedJobSpec spec = job.getSpec();
    TrainingRound round =
        new TrainingRoundBuilder()
            .withMetadata(
                Ownership.metadata(job, name(job, number))
                    .addToLabels(
                        PropellerApi.FEDERATED_JOB_LABEL,
                        RoundTasks.label(job.getMetadata().getName(), job.getMetadata().getUid()))
                    .build())
            .withNewSpec()
            .withRoundId(RoundId.of(number).value())
            .withFederatedJobRef(new LocalObjectReference(job.getMetadata().getName()))
            .withParticipants(participants)
            .withRequiredUpdates(spec.getRequiredUpdates())
            .withTimeoutSeconds(spec.getTimeoutSeconds())
            .endSpec()
            .build();
    round.getSpec().setModelRef(model(job, number));
    round.getSpec().setTaskWasmImage(spec.getTaskWasmImage());
    round.getSpec().setHyperparams(spec.getHyperparams());
    return round;
  }

  private static @Nullable String model(FederatedJob job, int number) {
    FederatedJobStatus status = job.getStatus();
    String newest = status == null ? null : status.getAggregatedModelRef();
    return number == 1 || newest == null ? job.getSpec().getModelRef() : newest;
  }
}
