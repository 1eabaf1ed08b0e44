package io.propeller.scheduler.policy;

/**
 * Is told when a policy, a filter or a scorer loses its turn. Called by the thread that places;
 * must not throw or block.
 */
@FunctionalInterface
public interface PolicyMonitor {

  /** Takes note of a failure. */
  void failed(PolicyFailure failure);
}
