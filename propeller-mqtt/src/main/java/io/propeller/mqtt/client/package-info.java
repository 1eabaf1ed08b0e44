/**
 * Delivers messages between an operator and its workers, and loses none that matters.
 *
 * <p>{@link io.propeller.mqtt.client.Broker} opens the two ends of a channel: {@link
 * io.propeller.mqtt.client.OperatorChannel} and {@link io.propeller.mqtt.client.WorkerChannel}.
 * {@link io.propeller.mqtt.client.MqttBroker} is the broker over MQTT.
 */
@NullMarked
package io.propeller.mqtt.client;

import org.jspecify.annotations.NullMarked;
