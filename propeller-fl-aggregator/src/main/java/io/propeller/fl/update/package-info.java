/**
 * What workers send: the update envelope and the formats of the numbers in it.
 *
 * <p>{@link io.propeller.fl.update.UpdateEnvelope#decode} is the entry point; {@link
 * io.propeller.fl.update.UpdateDecoder} then reads the numbers. Nothing here trusts its input:
 * limits hold before memory is taken, and whatever is wrong becomes a {@link
 * io.propeller.fl.update.Refusal}.
 */
@NullMarked
package io.propeller.fl.update;

import org.jspecify.annotations.NullMarked;
