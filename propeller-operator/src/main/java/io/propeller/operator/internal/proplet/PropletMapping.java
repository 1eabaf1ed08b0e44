package io.propeller.operator.internal.proplet;

import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.PropletSpec;
import io.propeller.api.v1.PropletStatus;
import io.propeller.api.v1.PropletType;
import io.propeller.api.v1.TaintEffect;
import io.propeller.mqtt.message.PropletId;
import io.propeller.operator.internal.resources.Quantities;
import io.propeller.scheduler.lifecycle.Liveness.Presence;
import io.propeller.scheduler.model.ProfileCondition;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.Toleration;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerKind;
import io.propeller.scheduler.model.WorkerPhase;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in the terms of the scheduler what a Proplet says. */
public final class PropletMapping {

  /** Taint on pods that have not connected to the broker: they cannot be told to run anything. */
  private static final String DISCONNECTED = PropellerApi.GROUP + "/disconnected";

  /** What a task tolerates that is run as a Job: nothing has to be told to the proplet then. */
  public static final Toleration OF_JOBS = Toleration.exists(DISCONNECTED);

  private PropletMapping() {}

  static WorkerKind kind(Proplet proplet) {
    return proplet.getSpec().getType() == PropletType.K8S ? WorkerKind.K8S : WorkerKind.EXTERNAL;
  }

  static PropletDirectory.Member member(Proplet proplet, PropletId identity) {
    return new PropletDirectory.Member(
        identity,
        kind(proplet),
        proplet.getSpec().getTaints().stream()
            .map(PropletMapping::taint)
            .filter(taint -> taint.effect() == Taint.Effect.NO_EXECUTE)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Returns what was recorded of whether a proplet was heard of. */
  public static Presence recorded(Proplet proplet) {
    PropletStatus status = proplet.getStatus();
    if (status == null || status.getLastSeen() == null) {
      return Presence.EXPECTED;
    }
    return status.isAlive() ? Presence.PRESENT : Presence.ABSENT;
  }

  /**
   * Returns the phase of a proplet: of a device by what was heard of it, of pods by whether all are
   * ready; what was ready once and is not now is offline.
   */
  static PropletPhase phase(Proplet proplet, Presence presence, Optional<Readiness> pods) {
    if (pods.isEmpty()) {
      return switch (presence) {
        case EXPECTED -> PropletPhase.INITIALIZING;
        case PRESENT -> PropletPhase.RUNNING;
        case ABSENT -> PropletPhase.OFFLINE;
      };
    }
    if (pods.get().isComplete()) {
      return PropletPhase.RUNNING;
    }
    PropletPhase before = proplet.getStatus() == null ? null : proplet.getStatus().getPhase();
    return before == null || before == PropletPhase.INITIALIZING
        ? PropletPhase.INITIALIZING
        : PropletPhase.OFFLINE;
  }

  /**
   * Returns the worker that a proplet is.
   *
   * @param presence what was heard of it, which for pods decides only whether they can be told to
   *     run anything
   * @param conditions the conditions of its profiles that are true
   * @throws IllegalArgumentException if a quantity is none; the message names the field
   */
  static Worker worker(
      Proplet proplet, PropletPhase phase, Presence presence, Set<ProfileCondition> conditions) {
    PropletSpec spec = proplet.getSpec();
    Worker.Builder worker =
        Worker.builder()
            .id(WorkerId.of(proplet.getMetadata().getName()))
            .kind(kind(proplet))
            .phase(
                switch (phase) {
                  case INITIALIZING -> WorkerPhase.INITIALIZING;
                  case RUNNING -> WorkerPhase.RUNNING;
                  case OFFLINE -> WorkerPhase.OFFLINE;
                })
            .conditions(conditions)
            .schedulable(!spec.isUnschedulable())
            .capacity(Quantities.capacity("spec.resources", spec.getResources()))
            .maxConcurrentTasks(
                Optional.ofNullable(spec.getMaxConcurrentTasks()).orElse(Integer.MAX_VALUE));
    Map<String, String> labels = proplet.getMetadata().getLabels();
    if (labels != null) {
      worker.putAllLabels(labels);
    }
    if (spec.getExternal() != null) {
      worker
          .deviceType(Optional.ofNullable(spec.getExternal().getDeviceType()))
          .addAllCapabilities(spec.getExternal().getCapabilities());
    }
    spec.getTaints().forEach(taint -> worker.addTaints(taint(taint)));
    if (spec.getType() == PropletType.K8S && presence != Presence.PRESENT) {
      worker.addTaints(new Taint(DISCONNECTED, "", Taint.Effect.NO_SCHEDULE));
    }
    return worker.build();
  }

  private static Taint taint(io.propeller.api.v1.Taint taint) {
    return new Taint(
        taint.getKey(),
        Optional.ofNullable(taint.getValue()).orElse(""),
        taint.getEffect() == TaintEffect.NO_EXECUTE
            ? Taint.Effect.NO_EXECUTE
            : Taint.Effect.NO_SCHEDULE);
  }
}
