package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Condition;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** How far an experiment is. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class FederatedJobStatus extends Extensible {

  /** How far the experiment is. */
  private @Nullable JobPhase phase;

  /** Number of the round that goes on, or of the last one; 0 before the first. */
  @Min(0)
  private int currentRound;

  /** How many rounds completed. */
  @Min(0)
  private int completedRounds;

  /** The workers of the present round. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<ParticipantStatus> participants = new ArrayList<>();

  /** The newest model: its reference in the model store. */
  private @Nullable String aggregatedModelRef;

  /** Rounds that are over, oldest first; the last 50. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<RoundSummary> history = new ArrayList<>();

  /** The best round so far by the metric of earlyStopping; absent without that. */
  private @Nullable RoundSummary bestRound;

  /** Conditions, each with its reason. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<Condition> conditions = new ArrayList<>();

  /** Generation of the spec that this status speaks of. */
  private @Nullable Long observedGeneration;
}
