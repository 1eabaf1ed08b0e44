package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
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

/** How far a task is and what came of it. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class TaskStatus extends Extensible {

  /** How far the task is. */
  private @Nullable TaskPhase phase;

  /** Proplet resource that has the present attempt, or had the last one. */
  private @Nullable String assignedProplet;

  /** When the operator first saw the task. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant createdAt;

  /** When this status last changed. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant updatedAt;

  /** When the present or the last run started. Once it is set the spec cannot change. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant startedAt;

  /** When the last run ended. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant finishedAt;

  /** When a recurring task runs next. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant nextRun;

  /**
   * What the worker returned: text, or any JSON. Of a broadcast, an object of proplet name to
   * result.
   */
  private @Nullable JsonNode results;

  /** Where a result is that is too large for this status: its reference in the model store. */
  private @Nullable String resultRef;

  /** Why the last run failed. */
  private @Nullable String error;

  /** Scheduled, Started and Completed, each with its reason. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<Condition> conditions = new ArrayList<>();

  /** The worker's last report of the task's load. */
  private @Nullable MetricsSnapshot latestMetrics;

  /**
   * Number of attempts in the task's life so far, the present one included. Attempt 1 has the
   * task's uid as its id on the wire, attempt n the uid followed by -n.
   */
  @Min(0)
  private int attempts;

  /**
   * Attempts of the present run that a result may still come from, oldest first. The last one is
   * the present attempt.
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<AttemptStatus> runAttempts = new ArrayList<>();

  /** Proplets that a broadcast was sent to. The task is over when each has answered or gone. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<String> targets = new ArrayList<>();

  /** Number of finished runs; a task that does not recur ends with 1. */
  @Min(0)
  private int runs;

  /** Number of failed attempts in the present run, which the limit of the retry policy bounds. */
  @Min(0)
  private int failedAttempts;

  /** Number of proplets that were lost in the present run; at three the task fails. */
  @Min(0)
  private int lostProplets;

  /** Generation of the spec that this status speaks of. */
  private @Nullable Long observedGeneration;
}
