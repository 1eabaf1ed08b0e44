package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Condition;
import io.sundr.builder.annotations.Buildable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** How far a round is and what came of it. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class TrainingRoundStatus extends Extensible {

  /** How far the round is. */
  private @Nullable TrainingRoundPhase phase;

  /** When its tasks were made. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant startTime;

  /** When it was over. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant endTime;

  /** How many updates it counted. */
  @Min(0)
  private int updatesReceived;

  /** How many updates it needs. */
  @Min(0)
  private int updatesRequired;

  /** How many updates it did not count, by reason. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private Map<String, Integer> updatesRefused = new LinkedHashMap<>();

  /** Its participants. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<RoundParticipantStatus> participants = new ArrayList<>();

  /** The model that came of it: its reference in the model store. */
  private @Nullable String aggregatedModelRef;

  /** Mean loss over its updates, by number of samples; absent if they report none. */
  private @Nullable Double loss;

  /** Mean accuracy over its updates, by number of samples; absent if they report none. */
  private @Nullable Double accuracy;

  /** Conditions, each with its reason. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<Condition> conditions = new ArrayList<>();

  /** Generation of the spec that this status speaks of. */
  private @Nullable Long observedGeneration;
}
