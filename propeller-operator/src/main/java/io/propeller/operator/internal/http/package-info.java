/**
 * Serves health and metrics over HTTP.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.http.Endpoints}; {@link
 * io.propeller.operator.internal.http.HttpLimits} bounds what clients may ask of any server.
 */
@NullMarked
package io.propeller.operator.internal.http;

import org.jspecify.annotations.NullMarked;
