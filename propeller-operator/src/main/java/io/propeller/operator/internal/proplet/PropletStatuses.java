package io.propeller.operator.internal.proplet;

import static java.util.Objects.requireNonNull;

import io.propeller.api.v1.ConnectionConfig;
import io.propeller.api.v1.KubernetesStatus;
import io.propeller.api.v1.KubernetesStatusBuilder;
import io.propeller.api.v1.PendingStop;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.PropletStatus;
import io.propeller.api.v1.PropletStatusBuilder;
import io.propeller.api.v1.PropletType;
import io.propeller.api.v1.ResourceAmounts;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.topic.Channel;
import io.propeller.operator.internal.profile.ProfileWatch;
import io.propeller.operator.internal.proplet.PropletDirectory.Known;
import io.propeller.operator.internal.resources.Quantities;
import io.propeller.operator.internal.status.Conditions;
import io.propeller.scheduler.fleet.FleetSnapshot;
import io.propeller.scheduler.lifecycle.Liveness.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes the status of a Proplet from what is known of it. */
final class PropletStatuses {

  private static final int HISTORY = 10;

  /** A broker lets one client of an identity in: the pods would throw each other out for ever. */
  private static final String SHARED_IDENTITY =
      "spec.k8s.replicas is %d, and all pods would be the same client of the broker:"
          + " set 1, and make a Proplet for each worker";

  /** Whether a Proplet is one that this operator can serve. */
  sealed interface Judgement permits Served, Refused {}

  /** It is, under that identity. */
  record Served(PropletId identity) implements Judgement {}

  /** It is not, and why. */
  record Refused(String reason, String message) implements Judgement {}

  private final Channel channel;

  PropletStatuses(Channel channel) {
    this.channel = channel;
  }

  /** Says whether a Proplet can be served. */
  Judgement judge(Proplet proplet) {
    ConnectionConfig config = proplet.getSpec().getConnectionConfig();
    if (!channel.domain().value().equals(config.domain())
        || !channel.id().value().equals(config.getChannelId())) {
      return new Refused(
          "OtherChannel",
          "spec.connectionConfig names domain %s and channel %s; this operator serves %s and %s"
              .formatted(config.domain(), config.getChannelId(), channel.domain(), channel.id()));
    }
    try {
      if (proplet.getSpec().getType() == PropletType.K8S) {
        PropletDeployment.check(proplet);
        int replicas = requireNonNull(proplet.getSpec().getK8s()).getReplicas();
        if (replicas > 1) {
          return new Refused("SharedIdentity", SHARED_IDENTITY.formatted(replicas));
        }
      }
      PropletMapping.worker(proplet, PropletPhase.INITIALIZING, Presence.EXPECTED, Set.of());
      ProfileWatch.check(proplet.getSpec().getProfiles());
      return new Served(PropletId.of(Optional.ofNullable(config.identity()).orElse("")));
    } catch (IllegalArgumentException e) {
      return new Refused("InvalidSpec", String.valueOf(e.getMessage()));
    }
  }

  /**
   * What a status is made of.
   *
   * @param known what the proplet was heard to say
   * @param pods how its pods are, if it is pods
   * @param tasks what runs on it
   * @param stops what it may still run of deleted tasks
   * @param refresh whether also that may be written which changes all the time
   * @param now the present time
   */
  record Facts(
      Known known,
      Optional<Readiness> pods,
      Optional<FleetSnapshot.Entry> tasks,
      List<PendingStop> stops,
      boolean refresh,
      Instant now) {}

  /** Returns the Proplet with the status that it should have. */
  Proplet known(Proplet proplet, Facts facts) {
    PropletStatus status = copy(proplet);
    Known known = facts.known();
    Optional<Readiness> pods = facts.pods();
    Instant now = facts.now();
    PropletPhase phase = PropletMapping.phase(proplet, known.presence(), pods);
    boolean alive = known.presence() == Presence.PRESENT;
    boolean moved = phase != status.getPhase() || alive != status.isAlive();
    status.setPhase(phase);
    status.setAlive(alive);
    if (moved || facts.refresh()) {
      refresh(proplet, status, facts);
    }
    known.metadata().ifPresent(said -> status.setMetadata(PropletMetadataMapping.of(said)));
    status.setPendingStops(facts.stops());
    status.setObservedGeneration(proplet.getMetadata().getGeneration());
    status.setK8sStatus(pods.map(PropletStatuses::counts).orElse(null));
    Conditions conditions = Conditions.of(proplet, status.getConditions(), now);
    connected(known.presence()).say(conditions, "Connected");
    pods.flatMap(PropletStatuses::unready)
        .orElseGet(() -> ready(proplet, pods.isPresent() || phase == PropletPhase.RUNNING))
        .say(conditions, "Ready");
    pods.map(PropletStatuses::healthy)
        .orElseGet(() -> healthy(known.presence()))
        .say(conditions, "Healthy");
    status.setConditions(conditions.list());
    return with(proplet, status);
  }

  private static void refresh(Proplet proplet, PropletStatus status, Facts facts) {
    facts
        .known()
        .lastHeard()
        .filter(heard -> !heard.equals(status.getLastSeen()))
        .ifPresent(heard -> seen(status, heard));
    facts
        .known()
        .load()
        .map(load -> Loads.snapshot(load, facts.known().metadata()))
        .ifPresent(status::setLatestMetrics);
    facts
        .tasks()
        .ifPresent(
            entry -> {
              status.setTaskCount(entry.tasks().size());
              status.setAvailableResources(left(proplet, entry));
            });
  }

  private static ResourceAmounts left(Proplet proplet, FleetSnapshot.Entry tasks) {
    return Quantities.left("spec.resources", proplet.getSpec().getResources(), tasks.used());
  }

  /** Returns whether other work is on a proplet than its status says. */
  static boolean isOtherWork(Proplet proplet, Optional<FleetSnapshot.Entry> tasks) {
    PropletStatus status = copy(proplet);
    return tasks
        .filter(
            entry ->
                status.getTaskCount() != entry.tasks().size()
                    || !Objects.equals(left(proplet, entry), status.getAvailableResources()))
        .isPresent();
  }

  /** Returns the Proplet with a status that says why it is not served. */
  Proplet refused(Proplet proplet, Refused refused, Instant now) {
    PropletStatus status = copy(proplet);
    status.setPhase(Optional.ofNullable(status.getPhase()).orElse(PropletPhase.INITIALIZING));
    status.setObservedGeneration(proplet.getMetadata().getGeneration());
    status.setConditions(
        Conditions.of(proplet, status.getConditions(), now)
            .set("Ready", false, refused.reason(), refused.message())
            .list());
    return with(proplet, status);
  }

  private record Word(@Nullable Boolean status, String reason, String message) {

    void say(Conditions conditions, String type) {
      conditions.set(type, status, reason, message);
    }
  }

  private static Word connected(Presence presence) {
    return switch (presence) {
      case EXPECTED -> new Word(false, "NeverSeen", "nothing was heard of the proplet yet");
      case PRESENT -> new Word(true, "Alive", "the proplet gives signs of life");
      case ABSENT -> new Word(false, "Silent", "the proplet left, or fell silent");
    };
  }

  private static KubernetesStatus counts(Readiness pods) {
    return new KubernetesStatusBuilder()
        .withReadyReplicas(pods.ready())
        .withAvailableReplicas(pods.available())
        .build();
  }

  private static Optional<Word> unready(Readiness pods) {
    if (pods.isComplete()) {
      return Optional.empty();
    }
    return Optional.of(
        pods.wanted() == 0
            ? new Word(false, "ScaledToZero", "spec.k8s.replicas is 0: there is no pod")
            : new Word(
                false,
                "PodsNotReady",
                "%d of %d pods are ready".formatted(pods.ready(), pods.wanted())));
  }

  private static Word healthy(Readiness pods) {
    if (pods.problem().isPresent()) {
      return new Word(false, "DeploymentFailing", pods.problem().get());
    }
    return pods.isComplete()
        ? new Word(true, "PodsReady", "all pods are ready")
        : new Word(null, "PodsNotReady", "the pods are not ready");
  }

  private static Word ready(Proplet proplet, boolean isThere) {
    if (!isThere) {
      return new Word(false, "NotConnected", "no task is placed on the proplet");
    }
    return proplet.getSpec().isUnschedulable()
        ? new Word(false, "Unschedulable", "spec.unschedulable keeps new tasks off the proplet")
        : new Word(true, "Ready", "tasks may be placed on the proplet");
  }

  private static Word healthy(Presence presence) {
    return presence == Presence.PRESENT
        ? new Word(true, "Alive", "the proplet gives signs of life")
        : new Word(null, "NotConnected", "the proplet cannot be asked");
  }

  private static void seen(PropletStatus status, Instant at) {
    status.setLastSeen(at);
    List<Instant> history = new ArrayList<>(status.getAliveHistory());
    history.add(at);
    status.setAliveHistory(
        List.copyOf(history.subList(Math.max(0, history.size() - HISTORY), history.size())));
  }

  private static PropletStatus copy(Proplet proplet) {
    return proplet.getStatus() == null
        ? new PropletStatus()
        : new PropletStatusBuilder(proplet.getStatus()).build();
  }

  private static Proplet with(Proplet proplet, PropletStatus status) {
    return new PropletBuilder(proplet).withStatus(status).build();
  }
}
