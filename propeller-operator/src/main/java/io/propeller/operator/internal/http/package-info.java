/**
 * Serves health and metrics over HTTP.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.http.Endpoints}.
 */
@NullMarked
package io.propeller.operator.internal.http;

import org.jspecify.annotations.NullMarked;
