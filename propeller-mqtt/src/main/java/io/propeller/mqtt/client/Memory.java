package io.propeller.mqtt.client;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest messages of a session, by digest, and how often the listener has failed on each. Used
 * by one thread.
 */
final class Memory {

  private static final int CAPACITY = 16_384;

  private static final HashFunction FINGERPRINT = Hashing.farmHashFingerprint64();

  private final Map<Key, Integer> failures =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
          return size() > CAPACITY;
        }
      };

  /** What stands for a message. */
  record Key(int topic, long payload) {

    static Key of(Incoming message) {
      return new Key(message.topic().hashCode(), FINGERPRINT.hashBytes(message.payload()).asLong());
    }
  }

  /** Remembers a message, and returns whether it was remembered already. */
  boolean add(Key key) {
    return failures.putIfAbsent(key, 0) != null;
  }

  /** Counts a failure, and returns how many there have been. */
  int fail(Key key) {
    return failures.merge(key, 1, Integer::sum);
  }
}
