package io.propeller.examples.policy;

import io.propeller.scheduler.policy.PolicyPart;
import io.propeller.testkit.scheduler.SchedulingPolicyContract;

class CheapestScorerTest extends SchedulingPolicyContract {

  @Override
  protected PolicyPart create() {
    return new CheapestScorer("tier");
  }
}
