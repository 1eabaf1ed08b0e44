package io.propeller.mqtt.client;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What has come in and is neither acknowledged nor given back, oldest first. Safe for use by any
 * thread.
 */
final class Ledger {

  /** A message that counts. */
  interface Entry {
    int bytes();

    Instant receivedAt();

    int connection();
  }

  private final Set<Entry> open = new LinkedHashSet<>();
  private long bytes;

  synchronized void add(Entry entry) {
    open.add(entry);
    bytes += entry.bytes();
  }

  synchronized void remove(Entry entry) {
    if (open.remove(entry)) {
      bytes -= entry.bytes();
    }
  }

  /**
   * Forgets those that are older, and returns the number of the latest connection that brought one;
   * 0 for none.
   */
  synchronized int expire(Instant before) {
    int connection = 0;
    for (Entry entry : List.copyOf(open)) {
      if (!entry.receivedAt().isBefore(before)) {
        break;
      }
      connection = Math.max(connection, entry.connection());
      remove(entry);
    }
    return connection;
  }

  synchronized int size() {
    return open.size();
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Returns for how long the oldest has been open; zero if there is none. */
  synchronized Duration age(Instant now) {
    return open.isEmpty()
        ? Duration.ZERO
        : Duration.between(open.iterator().next().receivedAt(), now);
  }
}
