package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.util.Optional;
import java.util.Set;

/** Says why a worker that runs a task may not go on to. */
public final class Eviction {

  private Eviction() {}

  /**
   * Returns the taint that ends what runs on the worker and does not tolerate it, in words.
   *
   * @param taints those of the worker, whatever their effect
   */
  public static Optional<String> byTaint(
      Requirements required, WorkerId worker, Set<Taint> taints) {
    return taints.stream()
        .filter(taint -> taint.effect() == Taint.Effect.NO_EXECUTE && !required.tolerates(taint))
        .findFirst()
        .map(
            taint ->
                "proplet %s has the taint %s:NoExecute, which the task does not tolerate"
                    .formatted(worker, taint));
  }

  /** Returns the profile of which no condition that was asked for is true any more, in words. */
  public static Optional<String> byProfile(Requirements required, Worker worker) {
    return required.selector().profiles().entrySet().stream()
        .filter(profile -> !worker.meets(profile.getKey(), profile.getValue()))
        .findFirst()
        .map(profile -> "proplet " + worker.id() + " does not meet profile " + profile.getKey());
  }
}
