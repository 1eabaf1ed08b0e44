package io.propeller.operator.internal.proplet;

import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.PropletSpec;
import io.propeller.api.v1.PropletStatus;
import io.propeller.api.v1.PropletType;
import io.propeller.api.v1.TaintEffect;
import io.propeller.operator.internal.resources.Quantities;
import io.propeller.scheduler.lifecycle.Liveness.Presence;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.Toleration;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerKind;
import io.propeller.scheduler.model.WorkerPhase;
import java.util.Map;
import java.util.Optional;

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

  /** Returns what was recorded of a proplet's presence. */
  public static Presence recorded(Proplet proplet) {
    PropletStatus status = proplet.getStatus();
    PropletPhase phase = status == null ? null : status.getPhase();
    if (phase == null) {
      return Presence.EXPECTED;
    }
    return switch (phase) {
      case INITIALIZING -> Presence.EXPECTED;
      case RUNNING -> Presence.PRESENT;
      case OFFLINE -> Presence.ABSENT;
    };
  }

  static PropletPhase phase(Presence presence) {
    return switch (presence) {
      case EXPECTED -> PropletPhase.INITIALIZING;
      case PRESENT -> PropletPhase.RUNNING;
      case ABSENT -> PropletPhase.OFFLINE;
    };
  }

  /**
   * Returns the worker that a proplet is.
   *
   * @throws IllegalArgumentException if a quantity is none; the message names the field
   */
  public static Worker worker(Proplet proplet, Presence presence) {
    PropletSpec spec = proplet.getSpec();
    Worker.Builder worker =
        Worker.builder()
            .id(WorkerId.of(proplet.getMetadata().getName()))
            .kind(kind(proplet))
            .phase(
                switch (presence) {
                  case EXPECTED -> WorkerPhase.INITIALIZING;
                  case PRESENT -> WorkerPhase.RUNNING;
                  case ABSENT -> WorkerPhase.OFFLINE;
                })
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
