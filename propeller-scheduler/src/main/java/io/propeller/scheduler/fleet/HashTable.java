package io.propeller.scheduler.fleet;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place of a key in an array that somebody else keeps. It holds places alone, four bytes
 * each at most half full, probes linearly, and closes the gap that a removal leaves, so nothing is
 * allocated but to grow.
 */
final class HashTable<K> {

  static final int NONE = -1;

  private final IntFunction<@Nullable K> keys;
  private int[] table = empty(32);
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
    return table[position(key)];
  }

  /**
   * Adds a key at a place, where its function need not find it yet; tells whether it was not there
   * before.
   */
  boolean add(K key, int place) {
    if (size >= table.length / 2) {
      grow();
    }
    int position = position(key);
    if (table[position] != NONE) {
      return false;
    }
    table[position] = place;
    size++;
    return true;
  }

  /** Removes the key, and returns its place, or {@link #NONE} if it is not there. */
  int remove(K key) {
    int position = position(key);
    int place = table[position];
    if (place != NONE) {
      size--;
      closeGap(position);
    }
    return place;
  }

  /** Returns where the table has the key, or else the empty position where it belongs. */
  private int position(K key) {
    int mask = table.length - 1;
    int position = home(key, mask);
    while (table[position] != NONE && !key.equals(keys.apply(table[position]))) {
      position = (position + 1) & mask;
    }
    return position;
  }

  /** Moves up those behind a removed one that probing would no longer reach. */
  private void closeGap(int removed) {
    int mask = table.length - 1;
    int gap = removed;
    table[gap] = NONE;
    for (int at = (gap + 1) & mask; table[at] != NONE; at = (at + 1) & mask) {
      int home = home(keys.apply(table[at]), mask);
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        table[gap] = table[at];
        table[at] = NONE;
        gap = at;
      }
    }
  }

  private void grow() {
    int[] old = table;
    table = empty(old.length * 2);
    int mask = table.length - 1;
    for (int place : old) {
      if (place != NONE) {
        int position = home(keys.apply(place), mask);
        while (table[position] != NONE) {
          position = (position + 1) & mask;
        }
        table[position] = place;
      }
    }
  }

  private static int home(@Nullable Object key, int mask) {
    int hash = (key == null ? 0 : key.hashCode()) * 0x9E3779B9;
    return (hash ^ (hash >>> 15)) & mask;
  }

  private static int[] empty(int length) {
    int[] table = new int[length];
    Arrays.fill(table, NONE);
    return table;
  }
}
