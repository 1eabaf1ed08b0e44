package io.propeller.scheduler.policy;

/** What a {@link PolicyProvider} creates: a whole policy, or a part to be combined with others. */
public sealed interface PolicyPart permits SchedulingPolicy, Filter, Scorer {}
