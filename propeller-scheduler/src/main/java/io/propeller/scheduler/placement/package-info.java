/**
 * The tasks that wait for a worker, and the moment at which they get one: {@link
 * io.propeller.scheduler.placement.PlacementQueue}.
 */
@NullMarked
package io.propeller.scheduler.placement;

import org.jspecify.annotations.NullMarked;
