/**
 * Lets one of several operators work at a time.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.leader.Leadership}.
 */
@NullMarked
package io.propeller.operator.internal.leader;

import org.jspecify.annotations.NullMarked;
