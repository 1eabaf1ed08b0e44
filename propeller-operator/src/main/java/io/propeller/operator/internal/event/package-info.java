/**
 * Tells users what happens to their resources, as Kubernetes Events.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.event.Events}; {@link
 * io.propeller.operator.internal.event.ConditionNews} says what is worth one.
 */
@NullMarked
package io.propeller.operator.internal.event;

import org.jspecify.annotations.NullMarked;
