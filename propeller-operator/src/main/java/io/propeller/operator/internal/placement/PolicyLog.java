package io.propeller.operator.internal.placement;

import io.propeller.scheduler.policy.PolicyEnvironment;
import io.propeller.scheduler.policy.PolicyFailure;
import io.propeller.scheduler.policy.PolicyMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what an installed policy did wrong, which cost it its turn and nothing else. */
public final class PolicyLog implements PolicyMonitor {

  private static final Logger log = LoggerFactory.getLogger(PolicyLog.class);

  private PolicyLog() {}

  /** Returns what policies run in: each is timed, and what it does wrong is logged. */
  public static PolicyEnvironment environment() {
    return PolicyEnvironment.builder().nanos(System::nanoTime).monitor(new PolicyLog()).build();
  }

  @Override
  public void failed(PolicyFailure failure) {
    if (failure instanceof PolicyFailure.Threw threw) {
      log.warn("policy {} failed at task {}", threw.part(), threw.task(), threw.cause());
    } else if (failure instanceof PolicyFailure.OutOfRange wrong) {
      log.warn("policy {} gave {} for task {}", wrong.part(), wrong.returned(), wrong.task());
    } else if (failure instanceof PolicyFailure.TooSlow slow) {
      log.warn("policy {} took {} for task {}", slow.part(), slow.taken(), slow.task());
    }
  }
}
