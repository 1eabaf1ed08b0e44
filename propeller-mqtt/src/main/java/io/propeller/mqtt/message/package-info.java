/**
 * The messages of the protocol, as values that cannot hold what no worker would accept.
 *
 * <p>{@link io.propeller.mqtt.message.WorkerMessage} is what a worker says, {@link
 * io.propeller.mqtt.message.OperatorMessage} what it is told.
 */
@NullMarked
package io.propeller.mqtt.message;

import org.jspecify.annotations.NullMarked;
