package io.propeller.testkit.scheduler;

import io.propeller.scheduler.policy.Filter;
import io.propeller.scheduler.policy.Policies;
import io.propeller.scheduler.policy.PolicyDefinition;
import io.propeller.scheduler.policy.PolicyEnvironment;
import io.propeller.scheduler.policy.PolicyPart;
import io.propeller.scheduler.policy.PolicyRegistry;
import io.propeller.scheduler.policy.Scorer;
import java.util.Map;
import net.jqwik.api.Group;

/** Every policy that comes with the scheduler keeps the contract. */
// jqwik's groups are inner classes.
@SuppressWarnings("ClassCanBeStatic")
class BuiltInPoliciesTest {

  abstract static class Named extends SchedulingPolicyContract {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    protected PolicyPart create() {
      return PolicyRegistry.builtIn()
          .with(
              PolicyDefinition.of("mixed")
                  .with(Policies.LOAD, 2, Map.of())
                  .with(Policies.FREE)
                  .build())
          .with(
              PolicyDefinition.of("spread-by-tier")
                  .with(Policies.SPREAD, 1, Map.of("label", "tier"))
                  .build())
          .create(name, PolicyEnvironment.builder().build());
    }
  }

  @Group
  class RoundRobin extends Named {
    RoundRobin() {
      super(Policies.ROUND_ROBIN);
    }
  }

  @Group
  class Priority extends Named {
    Priority() {
      super(Policies.PRIORITY);
    }
  }

  @Group
  class LeastLoaded extends Named {
    LeastLoaded() {
      super(Policies.LEAST_LOADED);
    }
  }

  @Group
  class BinPack extends Named {
    BinPack() {
      super(Policies.BIN_PACK);
    }
  }

  @Group
  class Spread extends Named {
    Spread() {
      super("spread-by-tier");
    }
  }

  @Group
  class TwoChoices extends Named {
    TwoChoices() {
      super(Policies.TWO_CHOICES);
    }
  }

  @Group
  class Rendezvous extends Named {
    Rendezvous() {
      super(Policies.RENDEZVOUS);
    }
  }

  @Group
  class Mixed extends Named {
    Mixed() {
      super("mixed");
    }
  }

  @Group
  class AScorer extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      return (Scorer) (task, worker) -> Math.min(1, worker.load());
    }
  }

  @Group
  class AFilter extends SchedulingPolicyContract {
    @Override
    protected PolicyPart create() {
      return (Filter) (task, worker) -> worker.runningTasks() < 2;
    }
  }
}
