package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.DecodeException;

/** Why a message was not handed out. */
public sealed interface Refusal {

  /**
   * It could not be read.
   *
   * @param cause the reason, without the content
   */
  record Undecodable(DecodeException cause) implements Refusal {}

  /**
   * The listener failed on it, each time that it was delivered; or reading it did, which is a
   * defect.
   *
   * @param topic the topic that it came on
   * @param digest the SHA-256 of the message, as lower-case hexadecimal digits
   * @param cause what the listener threw last
   */
  record Rejected(String topic, String digest, Throwable cause) implements Refusal {}

  /**
   * The listener was too slow for the telemetry that came in.
   *
   * @param topic the topic that it came on
   */
  record Dropped(String topic) implements Refusal {}
}
