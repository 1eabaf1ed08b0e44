package io.propeller.mqtt.client;

import java.time.Duration;

/**
 * How an operator's end of a channel is.
 *
 * @param state the connection for what must not be lost
 * @param telemetry the connection for the rest
 * @param unacknowledged how many deliveries are open
 * @param unacknowledgedAge for how long the oldest of them has been; zero if there is none
 */
public record ChannelStatus(
    ConnectionState state,
    ConnectionState telemetry,
    int unacknowledged,
    Duration unacknowledgedAge) {}
