package io.propeller.scheduler.fleet;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place of a key in an array that somebody else keeps. It holds the place and the hash of
 * each key, eight bytes, is at most half full, probes linearly, and closes the gap that a removal
 * leaves, so nothing is allocated but to grow, and no key is fetched but the one that is found.
 */
final class HashTable<K> {

  static final int NONE = -1;

  private static final long EMPTY = -1;

  private final IntFunction<@Nullable K> keys;
  private long[] table = empty(32);
  private int size;

  /** Creates an empty table of keys that this function finds by their places. */
  HashTable(IntFunction<@Nullable K> keys) {
    this.keys = keys;
  }

  int size() {
    return size;
  }

  /** Returns the key's place, or {@link #NONE}. */
  int find(K key) {
    return place(table[position(key, hash(key))]);
  }

  /**
   * Adds a key at a place, where its function need not find it yet; tells whether it was not there
   * before.
   */
  boolean add(K key, int place) {
    if (size >= table.length / 2) {
      grow();
    }
    int hash = hash(key);
    int position = position(key, hash);
    if (table[position] != EMPTY) {
      return false;
    }
    table[position] = (long) hash << Integer.SIZE | place;
    size++;
    return true;
  }

  /** Removes the key, and returns its place, or {@link #NONE} if it is not there. */
  int remove(K key) {
    int position = position(key, hash(key));
    int place = place(table[position]);
    if (place != NONE) {
      size--;
      closeGap(position);
    }
    return place;
  }

  /** Returns where the table has the key, or else the empty position where it belongs. */
  private int position(K key, int hash) {
    int mask = table.length - 1;
    int position = hash & mask;
    while (table[position] != EMPTY
        && (hash(table[position]) != hash || !key.equals(keys.apply(place(table[position]))))) {
      position = (position + 1) & mask;
    }
    return position;
  }

  /** Moves up those behind a removed one that probing would no longer reach. */
  private void closeGap(int removed) {
    int mask = table.length - 1;
    int gap = removed;
    table[gap] = EMPTY;
    for (int at = (gap + 1) & mask; table[at] != EMPTY; at = (at + 1) & mask) {
      int home = hash(table[at]) & mask;
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        table[gap] = table[at];
        table[at] = EMPTY;
        gap = at;
      }
    }
  }

  private void grow() {
    long[] old = table;
    table = empty(old.length * 2);
    int mask = table.length - 1;
    for (long entry : old) {
      if (entry != EMPTY) {
        int position = hash(entry) & mask;
        while (table[position] != EMPTY) {
          position = (position + 1) & mask;
        }
        table[position] = entry;
      }
    }
  }

  private static int hash(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }

  private static int hash(long entry) {
    return (int) (entry >>> Integer.SIZE);
  }

  private static int place(long entry) {
    return (int) entry;
  }

  private static long[] empty(int length) {
    long[] table = new long[length];
    Arrays.fill(table, EMPTY);
    return table;
  }
}
