package io.propeller.mqtt.client;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest messages of a session, by digest, and how often the listener has failed on each. Used
 * by one thread.
 */
final class Memory {

  private static final int CAPACITY = 16_384;

  private final Map<HashCode, Integer> failures =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HashCode, Integer> eldest) {
          return size() > CAPACITY;
        }
      };

  static HashCode key(Incoming message) {
    return Hashing.murmur3_128()
        .newHasher()
        .putString(message.topic(), StandardCharsets.UTF_8)
        .putBytes(message.payload())
        .hash();
  }

  /** Remembers a message, and returns whether it was remembered already. */
  boolean add(HashCode key) {
    return failures.putIfAbsent(key, 0) != null;
  }

  /** Counts a failure, and returns how many there have been. */
  int fail(HashCode key) {
    return failures.merge(key, 1, Integer::sum);
  }
}
