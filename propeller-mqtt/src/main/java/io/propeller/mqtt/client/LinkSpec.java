package io.propeller.mqtt.client;

import io.propeller.mqtt.message.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the connections of a session have in common.
 *
 * @param clientId the client id at the broker
 * @param kept for how long the broker keeps the session; nothing for one that starts anew each time
 * @param filters what to subscribe to
 * @param qos with which quality of service
 * @param manualAcknowledgement whether what comes in is acknowledged by the receiver
 * @param receiveMaximum how many messages the broker may send before one is acknowledged
 * @param maxPacketBytes how large a packet the broker may send
 * @param will what the broker says when the connection is lost
 */
record LinkSpec(
    String clientId,
    Optional<Duration> kept,
    List<String> filters,
    Qos qos,
    boolean manualAcknowledgement,
    int receiveMaximum,
    int maxPacketBytes,
    Optional<Will> will) {

  /** What the broker says when the connection is lost. */
  record Will(String topic, Bytes payload) {}
}
