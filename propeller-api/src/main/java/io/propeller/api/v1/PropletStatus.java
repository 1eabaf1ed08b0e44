package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.kubernetes.api.model.Condition;
import io.sundr.builder.annotations.Buildable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** What is known of a worker. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class PropletStatus extends Extensible {

  /** Whether the worker can be used now. */
  private @Nullable PropletPhase phase;

  /** Whether the worker was heard of lately. */
  private boolean alive;

  /** When the worker was last heard of, refreshed at a bounded rate. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant lastSeen;

  /** When the worker was heard of before, newest last; 10 at most. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @JsonSerialize(contentUsing = Rfc3339.Writer.class)
  @JsonDeserialize(contentUsing = Rfc3339.Reader.class)
  private List<Instant> aliveHistory = new ArrayList<>();

  /** Ready, Connected and Healthy, each with its reason. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<Condition> conditions = new ArrayList<>();

  /** How many tasks the worker has now. */
  private int taskCount;

  /** What the tasks of the worker leave free. */
  private @Nullable ResourceAmounts availableResources;

  /** The pods of a worker of type k8s. */
  private @Nullable KubernetesStatus k8sStatus;

  /** What the worker says of itself. */
  private @Nullable PropletMetadata metadata;

  /** The worker's last report of its load. */
  private @Nullable MetricsSnapshot latestMetrics;

  /** What the worker may still run of deleted tasks, oldest first; 1,000 at most. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<PendingStop> pendingStops = new ArrayList<>();

  /** Generation of the spec that this status speaks of. */
  private @Nullable Long observedGeneration;
}
