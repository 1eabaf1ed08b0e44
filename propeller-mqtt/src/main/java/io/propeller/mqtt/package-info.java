/**
 * Speaks the protocol of the proplets: what is said, where, and how it is delivered.
 *
 * <p>A program that talks to proplets opens a channel with {@link io.propeller.mqtt.client.Broker};
 * {@link io.propeller.mqtt.client.MqttBroker} is the one over MQTT. Messages are in {@code
 * message}, topics in {@code topic}, and {@code codec} turns one into the bytes of the other.
 */
@NullMarked
package io.propeller.mqtt;

import org.jspecify.annotations.NullMarked;
