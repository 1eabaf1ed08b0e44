package io.propeller.mqtt.client;

import com.google.common.hash.Hashing;

/** Names messages without telling what they say. */
final class Digest {

  private Digest() {}

  static String of(byte[] payload) {
    return Hashing.sha256().hashBytes(payload).toString();
  }
}
