package io.propeller.operator.internal.proplet;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.propeller.api.v1.PendingStop;
import io.propeller.api.v1.Proplet;
import io.propeller.mqtt.topic.Channel;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.profile.ProfileWatch;
import io.propeller.operator.internal.status.Refresh;
import io.propeller.operator.internal.status.StatusWriter;
import io.propeller.scheduler.fleet.FleetSnapshot;
import io.propeller.scheduler.model.ProfileCondition;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerKind;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the pods of Proplets, their status, and the fleet that tasks are placed on, as what is
 * known of them.
 */
@ControllerConfiguration(
    name = "proplet",
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = SpecOrLabels.class))
public final class PropletReconciler implements Reconciler<Proplet> {

  private static final Duration AFTER_CONFLICT = Duration.ofMillis(50);

  private final SimpleInboundEventSource<Proplet> signs =
      new SimpleInboundEventSource<>("signs-of-life");
  private final Deployments deployments = new Deployments();
  private final PropletDirectory directory;
  private final Placements placements;
  private final ProfileWatch profiles;
  private final PendingStops pending;
  private final PropletStatuses statuses;
  private final InstantSource clock;
  private final Refresh refresh;

  /**
   * Makes a reconciler.
   *
   * @param refresh how often the status is written for no other reason than that time has passed
   */
  public PropletReconciler(
      PropletDirectory directory,
      Placements placements,
      ProfileWatch profiles,
      PendingStops pending,
      Channel channel,
      InstantSource clock,
      Refresh refresh) {
    this.directory = directory;
    this.placements = placements;
    this.profiles = profiles;
    this.pending = pending;
    this.statuses = new PropletStatuses(channel);
    this.clock = clock;
    this.refresh = refresh;
  }

  /** Adds a proplet that was there before this operator, if it is one that it serves. */
  public void restore(Proplet proplet) {
    if (statuses.judge(proplet) instanceof PropletStatuses.Served served) {
      track(proplet, served, recordedPods(proplet));
    }
  }

  /** Returns what was recorded of the pods; until the Deployments are read that is good enough. */
  private static Optional<Readiness> recordedPods(Proplet proplet) {
    if (PropletMapping.kind(proplet) != WorkerKind.K8S) {
      return Optional.empty();
    }
    int ready =
        proplet.getStatus() == null || proplet.getStatus().getK8sStatus() == null
            ? 0
            : proplet.getStatus().getK8sStatus().getReadyReplicas();
    return Optional.of(new Readiness(1, ready, ready, Optional.empty()));
  }

  /** Has a proplet looked at, since what is known of it has changed. */
  public void wake(ResourceID proplet) {
    signs.propagateEvent(proplet);
  }

  @Override
  public List<EventSource<?, Proplet>> prepareEventSources(EventSourceContext<Proplet> context) {
    return List.of(signs, deployments.eventSource(context));
  }

  @Override
  public UpdateControl<Proplet> reconcile(Proplet proplet, Context<Proplet> context) {
    try {
      return keep(proplet, context);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return UpdateControl.<Proplet>noUpdate().rescheduleAfter(AFTER_CONFLICT);
      }
      throw e;
    }
  }

  private UpdateControl<Proplet> keep(Proplet proplet, Context<Proplet> context) {
    if (context.isPrimaryResourceDeleted()) {
      forget(proplet);
      return UpdateControl.noUpdate();
    }
    PropletStatuses.Judgement judgement = statuses.judge(proplet);
    if (judgement instanceof PropletStatuses.Served served) {
      try {
        Optional<Readiness> pods = pods(proplet, context);
        PropletDirectory.Known known = track(proplet, served, pods);
        Instant now = clock.instant();
        ResourceID id = ResourceID.fromResource(proplet);
        RefreshSlots slots = RefreshSlots.of(refresh.pace(), proplet.getMetadata().getUid());
        Optional<FleetSnapshot.Entry> tasks = tasks(proplet);
        boolean due =
            slots.isDue(lastWritten(proplet, known), now)
                && (refresh.whileIdle() || PropletStatuses.isOtherWork(proplet, tasks));
        List<PendingStop> stops = pending.toRecord(id);
        StatusWriter.write(
            proplet,
            statuses.known(proplet, new PropletStatuses.Facts(known, pods, tasks, stops, due, now)),
            context);
        pending.recorded(id, stops);
        return UpdateControl.<Proplet>noUpdate().rescheduleAfter(slots.untilNext(now));
      } catch (IllegalArgumentException e) {
        judgement = new PropletStatuses.Refused("NameTaken", String.valueOf(e.getMessage()));
      }
    }
    forget(proplet);
    StatusWriter.write(
        proplet,
        statuses.refused(proplet, (PropletStatuses.Refused) judgement, clock.instant()),
        context);
    return UpdateControl.noUpdate();
  }

  /** Returns when the status was last refreshed, or since when that is our business. */
  private static Instant lastWritten(Proplet proplet, PropletDirectory.Known known) {
    Instant seen = proplet.getStatus() == null ? null : proplet.getStatus().getLastSeen();
    return seen == null || seen.isBefore(known.trackedSince()) ? known.trackedSince() : seen;
  }

  private Optional<FleetSnapshot.Entry> tasks(Proplet proplet) {
    return placements
        .worker(proplet.getMetadata().getNamespace(), WorkerId.of(proplet.getMetadata().getName()))
        .join();
  }

  private Optional<Readiness> pods(Proplet proplet, Context<Proplet> context) {
    if (PropletMapping.kind(proplet) == WorkerKind.K8S) {
      return Optional.of(Readiness.of(deployments.keep(proplet, context)));
    }
    deployments.remove(proplet, context);
    return Optional.empty();
  }

  private PropletDirectory.Known track(
      Proplet proplet, PropletStatuses.Served served, Optional<Readiness> pods) {
    ResourceID id = ResourceID.fromResource(proplet);
    boolean isNew = directory.find(id).isEmpty();
    Set<ProfileCondition> conditions =
        profiles.track(id, served.identity(), proplet.getSpec().getProfiles());
    PropletDirectory.Known known =
        directory.track(
            id,
            PropletMapping.member(proplet, served.identity()),
            PropletMapping.recorded(proplet));
    if (isNew && proplet.getStatus() != null) {
      pending.restore(id, proplet.getStatus().getPendingStops());
    }
    placements.put(
        proplet.getMetadata().getNamespace(),
        PropletMapping.worker(
            proplet,
            PropletMapping.phase(proplet, known.presence(), pods),
            known.presence(),
            conditions));
    return known;
  }

  private void forget(Proplet proplet) {
    directory.forget(ResourceID.fromResource(proplet));
    pending.forget(ResourceID.fromResource(proplet));
    profiles.forget(ResourceID.fromResource(proplet));
    placements.remove(
        proplet.getMetadata().getNamespace(), WorkerId.of(proplet.getMetadata().getName()));
  }
}
