/**
 * Reads Kubernetes quantities as the scheduler's numbers.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.resources.Quantities}.
 */
@NullMarked
package io.propeller.operator.internal.resources;

import org.jspecify.annotations.NullMarked;
