package io.propeller.mqtt.codec;

import com.google.common.hash.Hashing;

/** Names messages without telling what they say. */
final class Digests {

  private Digests() {}

  /** Returns the SHA-256 of the bytes, as lower-case hexadecimal digits. */
  static String of(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }
}
