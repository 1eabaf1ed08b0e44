package io.propeller.scheduler.policy;

import com.google.common.collect.ImmutableList;
import java.util.function.Function;

/** The providers of what comes with the scheduler. */
final class BuiltIn {

  static final ImmutableList<PolicyProvider> PROVIDERS =
      ImmutableList.of(
          provider(Policies.ROUND_ROBIN, context -> new RoundRobinPolicy()),
          provider(Policies.PRIORITY, context -> new RoundRobinPolicy()),
          provider(Policies.LEAST_LOADED, context -> new LeastLoadedPolicy()),
          provider(Policies.BIN_PACK, context -> new BinPackPolicy()),
          provider(Policies.SPREAD, SpreadPolicy::create),
          provider(Policies.TWO_CHOICES, context -> new TwoChoicesPolicy(context.random())),
          provider(Policies.RENDEZVOUS, context -> new RendezvousPolicy()),
          provider(Policies.LOAD, context -> (Scorer) (task, worker) -> Math.min(1, worker.load())),
          provider(
              Policies.FREE, context -> (Scorer) (task, worker) -> 1 - Math.min(1, worker.load())));

  private BuiltIn() {}

  private record Simple(String name, Function<PolicyContext, PolicyPart> creator)
      implements PolicyProvider {

    @Override
    public PolicyPart create(PolicyContext context) {
      return creator.apply(context);
    }
  }

  private static PolicyProvider provider(String name, Function<PolicyContext, PolicyPart> creator) {
    return new Simple(name, creator);
  }
}
