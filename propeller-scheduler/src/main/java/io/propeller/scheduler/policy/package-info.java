/**
 * How one of the workers that fit is picked. A {@link
 * io.propeller.scheduler.policy.SchedulingPolicy} picks; a {@link
 * io.propeller.scheduler.policy.Filter} and a {@link io.propeller.scheduler.policy.Scorer} are
 * parts that {@link io.propeller.scheduler.policy.PolicyDefinition} combines. A plug-in offers any
 * of these through a {@link io.propeller.scheduler.policy.PolicyProvider}, and {@link
 * io.propeller.scheduler.policy.PolicyRegistry} has them all by name, beside those that come with
 * the scheduler: {@link io.propeller.scheduler.policy.Policies}.
 */
@NullMarked
package io.propeller.scheduler.policy;

import org.jspecify.annotations.NullMarked;
