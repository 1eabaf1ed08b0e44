package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Condition;
import io.sundr.builder.annotations.Buildable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** How far a job is. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class PropellerJobStatus extends Extensible {

  /** How far the job is. */
  private @Nullable JobPhase phase;

  /** When the operator first saw the job. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant createdAt;

  /** When this status last changed. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant updatedAt;

  /** When its first task started. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant startTime;

  /** When its last task was over. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant finishTime;

  /** How many tasks it has. */
  @Min(0)
  private int taskCount;

  /** How many of them completed. */
  @Min(0)
  private int completedCount;

  /** How many of them failed. */
  @Min(0)
  private int failedCount;

  /** How many of them were skipped. */
  @Min(0)
  private int skippedCount;

  /** How many of them were interrupted. */
  @Min(0)
  private int interruptedCount;

  /** Conditions, each with its reason. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<Condition> conditions = new ArrayList<>();

  /** Generation of the spec that this status speaks of. */
  private @Nullable Long observedGeneration;
}
