package io.propeller.mqtt.client;

/** A message that has come in, as it is. */
final class Incoming {

  private final String topic;
  private final byte[] payload;
  private final Runnable acknowledge;

  /**
   * Makes a message.
   *
   * @param acknowledge tells the broker that it may forget the message; without effect once the
   *     connection is lost
   */
  Incoming(String topic, byte[] payload, Runnable acknowledge) {
    this.topic = topic;
    this.payload = payload;
    this.acknowledge = acknowledge;
  }

  String topic() {
    return topic;
  }

  /** Returns the bytes themselves, which nobody changes. */
  byte[] payload() {
    return payload;
  }

  void acknowledge() {
    acknowledge.run();
  }
}
