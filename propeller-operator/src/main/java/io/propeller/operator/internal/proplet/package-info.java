/**
 * Knows who is there, and keeps the status of Proplets true.
 *
 * <p>The entry points are {@link io.propeller.operator.internal.proplet.PropletReconciler} and, for
 * what is known without asking the API server, {@link
 * io.propeller.operator.internal.proplet.PropletDirectory}.
 */
@NullMarked
package io.propeller.operator.internal.proplet;

import org.jspecify.annotations.NullMarked;
