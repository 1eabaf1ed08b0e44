/**
 * How one of the workers that fit is picked: {@link
 * io.propeller.scheduler.policy.SchedulingPolicy}, and the policies that come with the scheduler in
 * {@link io.propeller.scheduler.policy.Policies}.
 */
@NullMarked
package io.propeller.scheduler.policy;

import org.jspecify.annotations.NullMarked;
