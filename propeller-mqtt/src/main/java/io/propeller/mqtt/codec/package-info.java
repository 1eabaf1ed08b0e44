/**
 * Turns messages into JSON and back, within limits.
 *
 * <p>{@link io.propeller.mqtt.codec.Codec} is the entry point.
 */
@NullMarked
package io.propeller.mqtt.codec;

import org.jspecify.annotations.NullMarked;
