/**
 * What a scheduling policy, or a program around the scheduler, is tested with: {@link
 * io.propeller.testkit.scheduler.SchedulingPolicyContract} checks a policy, a filter or a scorer;
 * {@link io.propeller.testkit.scheduler.SchedulerArbitraries} generates workers, tasks and what
 * happens to them.
 */
@NullMarked
package io.propeller.testkit.scheduler;

import org.jspecify.annotations.NullMarked;
