package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** Which tasks a job has, and in which order they run. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
@ValidationRule(
    value = "!has(self.tasks) || self.tasks.all(t, has(t.name))",
    message = "every task of a job needs name, from which its Task is named",
    fieldPath = ".tasks")
public class PropellerJobSpec extends Extensible {

  /** Name of the job; the resource's name if absent. */
  @Size(min = 1, max = 253)
  private @Nullable String name;

  /** In which order the tasks run. */
  @Default("configurable")
  private ExecutionMode executionMode = ExecutionMode.CONFIGURABLE;

  /**
   * The tasks, each with a name of its own. For each a Task is made, named after the job and it,
   * and owned by the job. What one leaves out, its Task has by default.
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @JsonSerialize(contentUsing = BriefTask.class)
  @Size(max = 10_000)
  private List<TaskSpec> tasks = new ArrayList<>();

  /**
   * Names of Tasks that exist already and belong to the job too: they are counted and waited for,
   * but neither started nor stopped by it. One that is not there yet is waited for.
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 10_000)
  private List<@Size(min = 1, max = 253) String> taskRefs = new ArrayList<>();

  /** How many of the tasks may run at a time; unlimited if absent. */
  @Min(1)
  private @Nullable Integer maxParallelism;

  /**
   * Whether the first failure stops the rest; if absent, true for a sequential job and false
   * otherwise. What has not started then never will, and what runs is stopped.
   */
  private @Nullable Boolean failFast;

  /** Keeps the job from starting further tasks until it is false again; what runs goes on. */
  @Default("false")
  private boolean suspend;

  /**
   * Longest time in seconds that the job may take, from the start of its first task on; then it
   * fails and its tasks are stopped.
   */
  @Min(1)
  private @Nullable Long activeDeadlineSeconds;

  /** Seconds after its end at which the job is deleted with its Tasks; never if absent. */
  @Min(0)
  private @Nullable Integer ttlSecondsAfterFinished;

  /**
   * Tells whether the first failure stops the rest, which depends on the mode if nothing is said.
   */
  public boolean stopsAtFirstFailure() {
    return failFast != null ? failFast : executionMode == ExecutionMode.SEQUENTIAL;
  }
}
