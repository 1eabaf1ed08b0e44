package io.propeller.operator.internal.task;

import io.propeller.api.v1.ConcurrencyPolicy;
import io.propeller.api.v1.DisconnectPolicy;
import io.propeller.api.v1.TaskSpec;
import io.propeller.operator.internal.resources.Durations;
import io.propeller.scheduler.cron.CronSchedule;
import io.propeller.scheduler.lifecycle.Recurrence;
import io.propeller.scheduler.lifecycle.Recurrence.Overlap;
import io.propeller.scheduler.lifecycle.RunRules;
import io.propeller.scheduler.lifecycle.RunRules.OnDisconnect;
import io.propeller.scheduler.retry.Backoff;
import io.propeller.scheduler.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/** Says in the terms of the lifecycle what a spec says of runs. */
final class TaskRules {

  private TaskRules() {}

  /**
   * Returns the rules of a spec.
   *
   * @throws IllegalArgumentException if a field cannot be read; the message names it
   */
  static RunRules of(TaskSpec spec) {
    return RunRules.builder()
        .onDisconnect(onDisconnect(spec.getDisconnectPolicy()))
        .disconnectGrace(Duration.ofSeconds(spec.getDisconnectGraceSeconds()))
        .activeDeadline(
            Optional.ofNullable(spec.getActiveDeadlineSeconds()).map(Duration::ofSeconds))
        .retry(
            Optional.ofNullable(spec.getRetryPolicy())
                .map(TaskRules::retry)
                .orElseGet(RetryPolicy.builder()::build))
        .timeToLive(Optional.ofNullable(spec.getTtlSecondsAfterFinished()).map(Duration::ofSeconds))
        .suspended(spec.isSuspend())
        .broadcast(spec.isBroadcast())
        .daemon(spec.isDaemon() || spec.isLatent())
        .recurrence(spec.isRecurring() ? Optional.of(recurrence(spec)) : Optional.empty())
        .build();
  }

  private static RetryPolicy retry(io.propeller.api.v1.RetryPolicy policy) {
    return RetryPolicy.builder()
        .limit(policy.getLimit())
        .backoff(
            switch (policy.getBackoff()) {
              case CONSTANT -> Backoff.CONSTANT;
              case EXPONENTIAL -> Backoff.EXPONENTIAL;
            })
        .interval(Durations.parse("spec.retryPolicy.interval", policy.getInterval()))
        .maxInterval(Durations.parse("spec.retryPolicy.maxInterval", policy.getMaxInterval()))
        .build();
  }

  private static Recurrence recurrence(TaskSpec spec) {
    String schedule = Optional.ofNullable(spec.getSchedule()).orElse("");
    try {
      return new Recurrence(
          CronSchedule.parse(schedule, spec.getTimezone()), overlap(spec.getConcurrencyPolicy()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("spec." + e.getMessage(), e);
    }
  }

  private static Overlap overlap(ConcurrencyPolicy policy) {
    return switch (policy) {
      case FORBID -> Overlap.FORBID;
      case REPLACE -> Overlap.REPLACE;
      case ALLOW -> Overlap.ALLOW;
    };
  }

  private static OnDisconnect onDisconnect(DisconnectPolicy policy) {
    return switch (policy) {
      case RESCHEDULE -> OnDisconnect.RESCHEDULE;
      case WAIT -> OnDisconnect.WAIT;
      case FAIL -> OnDisconnect.FAIL;
    };
  }
}
