/**
 * Conditions on a worker's metrics, under which it may be used: {@link
 * io.propeller.scheduler.condition.Condition}.
 */
@NullMarked
package io.propeller.scheduler.condition;

import org.jspecify.annotations.NullMarked;
