/**
 * Hands on what comes in from the proplets.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.channel.Inbox}.
 */
@NullMarked
package io.propeller.operator.internal.channel;

import org.jspecify.annotations.NullMarked;
