/**
 * Gives the placement queues the one thread that they want.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.placement.Placements}.
 */
@NullMarked
package io.propeller.operator.internal.placement;

import org.jspecify.annotations.NullMarked;
