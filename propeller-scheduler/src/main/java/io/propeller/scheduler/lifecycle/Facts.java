package io.propeller.scheduler.lifecycle;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.internal.ValueStyle;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.workflow.StepState;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** What is known of a task beside its record. Immutable. */
@Value.Immutable
@ValueStyle
public interface Facts {

  /** Returns a builder; only {@link #now()} must be given. */
  static Builder builder() {
    return new Builder();
  }

  /** The present time. */
  Instant now();

  /** The worker that the task may run on, if a place was found. */
  Optional<WorkerId> place();

  /** The workers that the task goes to, if it goes to several and places were found. */
  ImmutableSet<WorkerId> places();

  /** What those that the task depends on have come to; by default they let it run. */
  @Value.Default
  default StepState dependencies() {
    return new StepState.Ready();
  }

  /** Why the task that this one calls cannot be called now, if it calls one and that is so. */
  Optional<String> uncallable();

  /** What a worker answered to an attempt of the present run, if one did. */
  Optional<Answer> answer();

  /** What workers answered to the present attempt, if it went to several. */
  ImmutableMap<WorkerId, Answer> answers();

  /** Whether nobody knows if the worker was told of the present attempt; false by default. */
  @Value.Default
  default boolean startInDoubt() {
    return false;
  }

  /** Why the worker may not go on to run the present attempt, if it may not. */
  Optional<String> eviction();

  /** Why the present attempt cannot be sent to any worker, if it cannot. */
  Optional<String> unsendable();

  /** What is known of the worker that the present attempt was given to; it is there by default. */
  @Value.Default
  default WorkerHealth health() {
    return new WorkerHealth.Present();
  }

  /**
   * What is known of the workers that the present attempt was sent to, if those are several; one
   * that is left out is there.
   */
  ImmutableMap<WorkerId, WorkerHealth> healths();

  /**
   * A number that is the task's and its attempt's own, which spreads what would else happen to many
   * tasks at once.
   */
  @Value.Default
  default long salt() {
    return 0;
  }

  /**
   * What a worker answered.
   *
   * @param error what went wrong; empty when nothing did
   */
  record Answer(Optional<String> error) {}

  /** Builds facts. */
  final class Builder extends ImmutableFacts.Builder {
    Builder() {}
  }
}
