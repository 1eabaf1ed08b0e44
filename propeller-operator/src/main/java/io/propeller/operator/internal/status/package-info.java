/**
 * Writes status to the API server.
 *
 * <p>The entry points are {@link io.propeller.operator.internal.status.StatusWriter} and {@link
 * io.propeller.operator.internal.status.Conditions}.
 */
@NullMarked
package io.propeller.operator.internal.status;

import org.jspecify.annotations.NullMarked;
