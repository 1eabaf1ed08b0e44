package io.propeller.operator.internal.batch;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobSpec;
import io.propeller.api.v1.PropellerJobStatus;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.status.StatusWriter;
import io.propeller.operator.internal.task.TaskIndex;
import io.propeller.scheduler.batch.BatchDecision;
import io.propeller.scheduler.batch.BatchFacts;
import io.propeller.scheduler.batch.BatchLifecycle;
import io.propeller.scheduler.batch.BatchRules;
import io.propeller.scheduler.batch.Making;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes each PropellerJob one step further, until there is nothing to do but wait.
 *
 * <p>It is woken by every Task of a job that comes, ends or goes, and looks at all of them then; so
 * it is run a few times in a second at most, for however many it was woken.
 */
@ControllerConfiguration(name = "propellerjob")
@RateLimited(maxReconciliations = 2, within = 100, unit = TimeUnit.MILLISECONDS)
public final class PropellerJobReconciler implements Reconciler<PropellerJob>, AutoCloseable {

  private static final Duration AFTER_CONFLICT = Duration.ofMillis(50);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);
  private static final Duration PLANS_KEPT = Duration.ofHours(1);

  /** What was made of a spec. */
  private record Planned(@Nullable Long generation, JobPlan plan) {}

  private final Cache<String, Planned> plans =
      CacheBuilder.newBuilder().expireAfterAccess(PLANS_KEPT).build();
  private final TaskIndex tasks;
  private final ChildWriter writer;
  private final Duration refresh;
  private final Events events;
  private final InstantSource clock;
  private @Nullable JobNews news;
  private volatile boolean begun;

  /**
   * Makes a reconciler.
   *
   * @param tasks where the Tasks of jobs are found
   * @param refresh the longest time between two writes of a status whose counts change
   */
  public PropellerJobReconciler(
      KubernetesClient client,
      TaskIndex tasks,
      Duration refresh,
      Events events,
      InstantSource clock) {
    this.tasks = tasks;
    this.writer = new ChildWriter(client, tasks, this::wake);
    this.refresh = refresh;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, PropellerJob>> prepareEventSources(
      EventSourceContext<PropellerJob> context) {
    news = new JobNews(context.getPrimaryCache());
    return List.of(news);
  }

  /** Begins to act on jobs: the Tasks that there are have been read. */
  public void begin() {
    begun = true;
    news().wakeAll();
  }

  /**
   * Has the jobs of a Task looked at.
   *
   * @param before the Task as it was; null if it has come
   * @param after the Task as it is; null if it has gone
   */
  public void changed(@Nullable Task before, @Nullable Task after) {
    if (!begun || (before != null && after != null && !MemberStates.differ(before, after))) {
      return;
    }
    Stream.of(Optional.ofNullable(after), Optional.ofNullable(before))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(task -> jobsOf(task).forEach(this::wake));
  }

  private Stream<ResourceID> jobsOf(Task task) {
    String namespace = task.getMetadata().getNamespace();
    Stream<ResourceID> owners =
        task.getMetadata().getOwnerReferences().stream()
            .filter(owner -> owner.getKind().equals("PropellerJob"))
            .map(OwnerReference::getName)
            .map(name -> new ResourceID(name, namespace));
    return Stream.concat(owners, news().referringTo(ResourceID.fromResource(task)));
  }

  private void wake(ResourceID job) {
    news().propagateEvent(job);
  }

  @Override
  public UpdateControl<PropellerJob> reconcile(PropellerJob job, Context<PropellerJob> context) {
    if (!begun || job.getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    try {
      return advance(job, context);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return UpdateControl.<PropellerJob>noUpdate().rescheduleAfter(AFTER_CONFLICT);
      }
      throw e;
    }
  }

  private UpdateControl<PropellerJob> advance(PropellerJob job, Context<PropellerJob> context) {
    PropellerJobStatus status = job.getStatus();
    Instant now = clock.instant();
    if (status != null && status.getPhase() != null && status.getPhase().isTerminal()) {
      return afterEnd(job, status, now, context);
    }
    JobPlan plan = plan(job);
    if (plan instanceof JobPlan.Refused refused) {
      record(job, JobStatuses.refused(job, refused, now), context);
      return UpdateControl.<PropellerJob>noUpdate().rescheduleAfter(1);
    }
    return advance(job, (JobPlan.Accepted) plan, now, context);
  }

  private UpdateControl<PropellerJob> advance(
      PropellerJob job, JobPlan.Accepted plan, Instant now, Context<PropellerJob> context) {
    Children children = Children.read(job, plan, tasks, writer);
    PropellerJobStatus status = job.getStatus();
    Optional<Instant> startedAt =
        Optional.ofNullable(status).map(PropellerJobStatus::getStartTime).or(children::startedAt);
    BatchDecision decision =
        BatchLifecycle.decide(
            plan.batch(),
            rules(job.getSpec()),
            new BatchFacts(children.members(), children.guests(), startedAt, now));
    Acceptance acceptance = Acceptance.of(job, children, decision.tally().missing(), writer);
    PropellerJobStatus wanted = JobStatuses.of(job, decision, acceptance, startedAt, now);
    Optional<Instant> again = decision.until();
    if (JobStatuses.isTransition(status, wanted)) {
      record(job, wanted, context);
    } else if (!Objects.equals(wanted, status)) {
      Instant due =
          ProgressRate.next(
              Optional.ofNullable(status).map(PropellerJobStatus::getUpdatedAt).orElse(now),
              wanted.getTaskCount(),
              refresh);
      if (due.isAfter(now)) {
        again = earlier(again, Optional.of(due));
      } else {
        record(job, wanted, context);
      }
    }
    act(job, plan, decision);
    if (decision.standing().isOver()) {
      return UpdateControl.<PropellerJob>noUpdate().rescheduleAfter(1);
    }
    return again(
        children.leftover().isPresent() || writer.trouble(job).isPresent()
            ? earlier(again, Optional.of(now.plus(AFTER_TROUBLE)))
            : again,
        now);
  }

  private void act(PropellerJob job, JobPlan.Accepted plan, BatchDecision decision) {
    for (Making making : decision.make()) {
      ResourceID id = plan.children().get(making.step());
      writer.make(job, id, () -> ChildTask.of(job, making, id.getName()));
    }
    for (int step : decision.hold()) {
      own(job, plan, step)
          .filter(task -> !ChildTask.isHeld(task))
          .ifPresent(task -> writer.hold(job, task));
    }
    for (int step : decision.release()) {
      boolean suspend = job.getSpec().getTasks().get(step).isSuspend();
      own(job, plan, step).ifPresent(task -> writer.release(job, task, suspend));
    }
  }

  private Optional<Task> own(PropellerJob job, JobPlan.Accepted plan, int step) {
    return tasks.find(plan.children().get(step)).filter(task -> Ownership.isOf(task, job));
  }

  private UpdateControl<PropellerJob> afterEnd(
      PropellerJob job, PropellerJobStatus status, Instant now, Context<PropellerJob> context) {
    Integer keep = job.getSpec().getTtlSecondsAfterFinished();
    if (keep == null || status.getFinishTime() == null) {
      return UpdateControl.noUpdate();
    }
    Instant end = status.getFinishTime().plusSeconds(keep);
    if (now.isBefore(end)) {
      return again(Optional.of(end), now);
    }
    context
        .getClient()
        .resource(job)
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
    return UpdateControl.noUpdate();
  }

  private void record(PropellerJob job, PropellerJobStatus wanted, Context<PropellerJob> context) {
    PropellerJob copy = new PropellerJob();
    copy.setMetadata(job.getMetadata());
    copy.setSpec(job.getSpec());
    copy.setStatus(wanted);
    StatusWriter.write(job, copy, context);
    JobStatuses.happening(job.getStatus(), wanted)
        .ifPresent(happening -> events.record(job, happening));
  }

  private JobPlan plan(PropellerJob job) {
    String uid = job.getMetadata().getUid();
    Long generation = job.getMetadata().getGeneration();
    Planned known = plans.getIfPresent(uid);
    if (known == null || !Objects.equals(generation, known.generation())) {
      known = new Planned(generation, JobPlan.of(job));
      plans.put(uid, known);
    }
    return known.plan();
  }

  private static BatchRules rules(PropellerJobSpec spec) {
    return BatchRules.builder()
        .maxParallelism(
            spec.getMaxParallelism() == null
                ? OptionalInt.empty()
                : OptionalInt.of(spec.getMaxParallelism()))
        .failFast(spec.stopsAtFirstFailure())
        .suspended(spec.isSuspend())
        .activeDeadline(
            Optional.ofNullable(spec.getActiveDeadlineSeconds()).map(Duration::ofSeconds))
        .build();
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return Stream.concat(one.stream(), other.stream()).min(Instant::compareTo);
  }

  private static UpdateControl<PropellerJob> again(Optional<Instant> at, Instant now) {
    return at.map(
            time ->
                UpdateControl.<PropellerJob>noUpdate()
                    .rescheduleAfter(Math.max(1, Duration.between(now, time).toMillis())))
        .orElseGet(UpdateControl::noUpdate);
  }

  private JobNews news() {
    if (news == null) {
      throw new IllegalStateException("the sources of events come first");
    }
    return news;
  }

  /** Leaves undone what has not been begun. */
  @Override
  public void close() {
    writer.close();
  }
}
