/** A plug-in for the scheduler: {@link io.propeller.examples.policy.CheapestPolicyProvider}. */
@NullMarked
package io.propeller.examples.policy;

import org.jspecify.annotations.NullMarked;
