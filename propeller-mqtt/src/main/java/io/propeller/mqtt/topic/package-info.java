/**
 * Where on a broker each message is said.
 *
 * <p>{@link io.propeller.mqtt.topic.Channel} builds topics and takes them apart; {@link
 * io.propeller.mqtt.topic.Subtopic} lists them all, each with its direction and message.
 */
@NullMarked
package io.propeller.mqtt.topic;

import org.jspecify.annotations.NullMarked;
