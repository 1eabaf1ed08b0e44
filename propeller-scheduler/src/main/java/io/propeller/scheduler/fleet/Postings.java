package io.propeller.scheduler.fleet;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The ordinals of the workers that share one property: a sorted list while they are few among all,
 * and bits once they are not, so that neither a label that every worker has nor one of which each
 * has its own value takes much memory.
 */
final class Postings {

  private static final int ALWAYS_SPARSE = 64;
  private static final int[] NONE = {};

  private int[] list = NONE;
  private int size;
  private BitSet bits = new BitSet(0);
  private boolean dense;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Adds an ordinal of a fleet that has room for so many. */
  void add(int ordinal, int fleetCapacity) {
    if (dense) {
      if (!bits.get(ordinal)) {
        bits.set(ordinal);
        size++;
      }
      return;
    }
    int at = Arrays.binarySearch(list, 0, size, ordinal);
    if (at >= 0) {
      return;
    }
    if (size >= Math.max(ALWAYS_SPARSE, fleetCapacity >>> 6)) {
      densify();
      add(ordinal, fleetCapacity);
      return;
    }
    if (size == list.length) {
      list = Arrays.copyOf(list, size + Math.max(1, size >> 2));
    }
    int position = -at - 1;
    System.arraycopy(list, position, list, position + 1, size - position);
    list[position] = ordinal;
    size++;
  }

  void remove(int ordinal) {
    if (dense) {
      if (bits.get(ordinal)) {
        bits.clear(ordinal);
        size--;
      }
      return;
    }
    int at = Arrays.binarySearch(list, 0, size, ordinal);
    if (at >= 0) {
      System.arraycopy(list, at + 1, list, at, size - at - 1);
      size--;
    }
  }

  /**
   * Writes the members into the words: bit {@code i % 64} of word {@code i / 64} for member {@code
   * i}.
   */
  void orInto(long[] words) {
    if (dense) {
      long[] own = bits.toLongArray();
      for (int i = 0; i < Math.min(own.length, words.length); i++) {
        words[i] |= own[i];
      }
      return;
    }
    for (int i = 0; i < size; i++) {
      words[list[i] >>> 6] |= 1L << list[i];
    }
  }

  private void densify() {
    dense = true;
    for (int i = 0; i < size; i++) {
      bits.set(list[i]);
    }
    list = NONE;
  }
}
