package io.propeller.operator.internal.task;

import com.google.common.collect.Maps;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.profile.ProfileWatch;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.scheduler.lifecycle.Eviction;
import io.propeller.scheduler.lifecycle.Facts;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.lifecycle.WorkerHealth;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.workflow.StepState;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads all that is known of a Task beside its resource. */
final class FactFinder {

  private final PropletDirectory proplets;
  private final Placements placements;
  private final Answers answers;
  private final Outbox outbox;
  private final JobAttempts jobs;
  private final Dependencies dependencies;
  private final ProfileWatch profiles;
  private final OperatorMetrics metrics;
  private final InstantSource clock;

  FactFinder(
      PropletDirectory proplets,
      Placements placements,
      Answers answers,
      Outbox outbox,
      JobAttempts jobs,
      Dependencies dependencies,
      ProfileWatch profiles,
      OperatorMetrics metrics,
      InstantSource clock) {
    this.proplets = proplets;
    this.placements = placements;
    this.answers = answers;
    this.outbox = outbox;
    this.jobs = jobs;
    this.dependencies = dependencies;
    this.profiles = profiles;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Sorts what has arrived for a task, and counts what does not count.
   *
   * @param callee what it calls, if it calls a latent task
   */
  Arrivals arrivals(Task task, Optional<Callee> callee) {
    Arrivals arrivals =
        Arrivals.of(
            task,
            answers.of(task.getMetadata().getUid()),
            isBereft(task, callee),
            name -> proplets.identity(TaskMapping.proplet(task, WorkerId.of(name))));
    arrivals.refusals().forEach(refusal -> metrics.resultRefused(refusal.name()));
    return arrivals;
  }

  /**
   * Finds what a decision rests on.
   *
   * @param answered what came of a broadcast on each proplet of which that is new
   * @param outcome what came of the task, if that is known
   * @param callee what it calls, if it calls a latent task
   */
  Facts facts(
      Task task,
      TaskRun run,
      Map<WorkerId, TaskOutcome> answered,
      Optional<TaskOutcome> outcome,
      Optional<Callee> callee) {
    return Facts.builder()
        .now(clock.instant())
        .place(callee.isPresent() ? callee.flatMap(Callee::worker) : place(task))
        .uncallable(callee.flatMap(Callee::obstacle))
        .places(placements.places(TaskMapping.id(task)))
        .dependencies(dependencies(task, run))
        .answer(outcome.map(one -> new Facts.Answer(one.error())))
        .answers(Maps.transformValues(answered, one -> new Facts.Answer(one.error())))
        .startInDoubt(TaskRuns.current(task).filter(outbox::isInDoubt).isPresent())
        .unsendable(TaskRuns.current(task).flatMap(outbox::refusal))
        .eviction(callee.isPresent() ? Optional.empty() : eviction(task, run))
        .health(health(task, run, callee))
        .healths(healths(task, run))
        .salt(salt(task, run))
        .build();
  }

  private Optional<WorkerId> place(Task task) {
    return placements
        .answer(TaskMapping.id(task))
        .filter(Placed.class::isInstance)
        .map(placed -> ((Placed) placed).worker());
  }

  private StepState dependencies(Task task, TaskRun run) {
    return run instanceof TaskRun.Waiting ? dependencies.state(task) : new StepState.Ready();
  }

  private Optional<String> eviction(Task task, TaskRun run) {
    if (!(run instanceof TaskRun.Dispatched dispatched)) {
      return Optional.empty();
    }
    ResourceID proplet = TaskMapping.proplet(task, dispatched.worker());
    Set<Taint> taints = proplets.evicting(proplet);
    boolean judged = TaskRuns.goesOn(task) && profiles.isKnown(proplet);
    if (taints.isEmpty() && !judged) {
      return Optional.empty();
    }
    Requirements required;
    try {
      required = TaskMapping.request(task, true).requirements();
    } catch (IllegalArgumentException | IllegalStateException e) {
      // It runs: it was placed by another reading of its spec.
      return Optional.empty();
    }
    return Eviction.byTaint(required, dispatched.worker(), taints)
        .or(
            () ->
                judged
                    ? placements
                        .known(task.getMetadata().getNamespace(), dispatched.worker())
                        .flatMap(worker -> Eviction.byProfile(required, worker))
                    : Optional.empty());
  }

  private WorkerHealth health(Task task, TaskRun run, Optional<Callee> callee) {
    // What becomes of the proplet matters not to a Job.
    if (!(run instanceof TaskRun.Dispatched dispatched) || jobs.runs(task)) {
      return new WorkerHealth.Present();
    }
    return isBereft(task, callee)
        ? new WorkerHealth.Bereft(
            "what was called of task %s has gone from proplet %s"
                .formatted(task.getSpec().getInvokes(), dispatched.worker()))
        : proplets.health(TaskMapping.proplet(task, dispatched.worker()), dispatched.sentAt());
  }

  /** Returns whether what the present attempt has called is there no more. */
  private static boolean isBereft(Task task, Optional<Callee> callee) {
    return callee.isPresent()
        && TaskRuns.current(task).isPresent()
        && !callee.get().attempt().equals(Callees.called(task));
  }

  private Map<WorkerId, WorkerHealth> healths(Task task, TaskRun run) {
    return run instanceof TaskRun.Broadcasting broadcasting
        ? Maps.toMap(
            broadcasting.open(),
            worker -> proplets.health(TaskMapping.proplet(task, worker), broadcasting.sentAt()))
        : Map.of();
  }

  private static long salt(Task task, TaskRun run) {
    return 31L * task.getMetadata().getUid().hashCode() + run.tally().attempts();
  }
}
