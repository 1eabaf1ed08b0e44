package io.propeller.operator.internal.proplet;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.propeller.api.v1.Proplet;
import io.propeller.mqtt.topic.Channel;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.status.StatusWriter;
import io.propeller.scheduler.model.WorkerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Keeps the status of Proplets, and the fleet that tasks are placed on, as what is known of them.
 */
@ControllerConfiguration(name = "proplet")
public final class PropletReconciler implements Reconciler<Proplet> {

  private final SimpleInboundEventSource<Proplet> signs =
      new SimpleInboundEventSource<>("signs-of-life");
  private final PropletDirectory directory;
  private final Placements placements;
  private final PropletStatuses statuses;
  private final InstantSource clock;
  private final Duration refresh;

  /**
   * Makes a reconciler.
   *
   * @param refresh how often at most {@code lastSeen} is written while nothing else changes
   */
  public PropletReconciler(
      PropletDirectory directory,
      Placements placements,
      Channel channel,
      InstantSource clock,
      Duration refresh) {
    this.directory = directory;
    this.placements = placements;
    this.statuses = new PropletStatuses(channel);
    this.clock = clock;
    this.refresh = refresh;
  }

  /** Adds a proplet that was there before this operator, if it is one that it serves. */
  public void restore(Proplet proplet) {
    if (statuses.judge(proplet) instanceof PropletStatuses.Served served) {
      track(proplet, served);
    }
  }

  /** Has a proplet looked at, since what is known of it has changed. */
  public void wake(ResourceID proplet) {
    signs.propagateEvent(proplet);
  }

  @Override
  public List<EventSource<?, Proplet>> prepareEventSources(EventSourceContext<Proplet> context) {
    return List.of(signs);
  }

  @Override
  public UpdateControl<Proplet> reconcile(Proplet proplet, Context<Proplet> context) {
    if (context.isPrimaryResourceDeleted()) {
      forget(proplet);
      return UpdateControl.noUpdate();
    }
    PropletStatuses.Judgement judgement = statuses.judge(proplet);
    if (judgement instanceof PropletStatuses.Served served) {
      PropletDirectory.Known known = track(proplet, served);
      StatusWriter.write(
          proplet, statuses.known(proplet, known, clock.instant(), refresh), context);
      return UpdateControl.<Proplet>noUpdate().rescheduleAfter(refresh);
    }
    forget(proplet);
    StatusWriter.write(
        proplet,
        statuses.refused(proplet, (PropletStatuses.Refused) judgement, clock.instant()),
        context);
    return UpdateControl.noUpdate();
  }

  private PropletDirectory.Known track(Proplet proplet, PropletStatuses.Served served) {
    PropletDirectory.Known known =
        directory.track(
            ResourceID.fromResource(proplet),
            new PropletDirectory.Member(served.identity(), PropletMapping.kind(proplet)),
            PropletMapping.recorded(proplet));
    placements.put(
        proplet.getMetadata().getNamespace(), PropletMapping.worker(proplet, known.presence()));
    return known;
  }

  private void forget(Proplet proplet) {
    directory.forget(ResourceID.fromResource(proplet));
    placements.remove(
        proplet.getMetadata().getNamespace(), WorkerId.of(proplet.getMetadata().getName()));
  }
}
