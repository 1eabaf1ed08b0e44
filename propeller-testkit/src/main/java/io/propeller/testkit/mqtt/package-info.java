/**
 * MQTT brokers to test with.
 *
 * <p>{@link io.propeller.testkit.mqtt.BrokerServer} is what a test sees. {@link
 * io.propeller.testkit.mqtt.EmbeddedBroker} needs nothing and forgets everything when it ends;
 * {@link io.propeller.testkit.mqtt.Mosquitto} is a process of its own that keeps its sessions. In a
 * JUnit test, begin with {@link io.propeller.testkit.mqtt.WithEmbeddedBroker} or {@link
 * io.propeller.testkit.mqtt.WithMosquitto}.
 */
@NullMarked
package io.propeller.testkit.mqtt;

import org.jspecify.annotations.NullMarked;
