package io.propeller.scheduler.fleet;

import java.util.Arrays;

/**
 * A set of ordinals that grows as needed, finds its next member in time logarithmic to base 64, and
 * its n-th nearly so.
 *
 * <p>Level 0 has a bit per ordinal; each further level a bit per word of the level below, set where
 * the word is not 0. Members are counted by blocks of 4096.
 */
final class Bitmap {

  private static final int BLOCK_WORDS = 64;

  private long[][] levels = {new long[1]};
  private int[] counts = new int[1];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean get(int ordinal) {
    int word = ordinal >>> 6;
    return word < levels[0].length && (levels[0][word] & (1L << ordinal)) != 0;
  }

  /** Returns the 64 members from ordinal {@code 64 * index} on as bits. */
  long word(int index) {
    return index < levels[0].length ? levels[0][index] : 0;
  }

  /** Returns how many words there are; beyond them, all are 0. */
  int words() {
    return levels[0].length;
  }

  void set(int ordinal, boolean member) {
    if (member) {
      add(ordinal);
    } else {
      remove(ordinal);
    }
  }

  void add(int ordinal) {
    ensure(ordinal >>> 6);
    if ((levels[0][ordinal >>> 6] & (1L << ordinal)) != 0) {
      return;
    }
    size++;
    counts[ordinal >>> 12]++;
    int index = ordinal;
    for (long[] level : levels) {
      long before = level[index >>> 6];
      level[index >>> 6] = before | (1L << index);
      if (before != 0) {
        return;
      }
      index >>>= 6;
    }
  }

  void remove(int ordinal) {
    if (!get(ordinal)) {
      return;
    }
    size--;
    counts[ordinal >>> 12]--;
    int index = ordinal;
    for (long[] level : levels) {
      long after = level[index >>> 6] & ~(1L << index);
      level[index >>> 6] = after;
      if (after != 0) {
        return;
      }
      index >>>= 6;
    }
  }

  /** Returns the smallest member that is this or greater, or -1 if there is none. */
  int next(int from) {
    int index = from;
    for (int depth = 0; depth < levels.length; depth++) {
      int word = index >>> 6;
      if (word >= levels[depth].length) {
        return -1;
      }
      long rest = levels[depth][word] & (-1L << index);
      if (rest != 0) {
        return descend(depth, (word << 6) + Long.numberOfTrailingZeros(rest));
      }
      index = word + 1;
    }
    return -1;
  }

  private int descend(int depth, int found) {
    int index = found;
    for (int below = depth - 1; below >= 0; below--) {
      index = (index << 6) + Long.numberOfTrailingZeros(levels[below][index]);
    }
    return index;
  }

  /** Returns the member that {@code rank} smaller ones precede. */
  int select(int rank) {
    if (rank < 0 || rank >= size) {
      throw new IndexOutOfBoundsException("rank %d of %d".formatted(rank, size));
    }
    int rest = rank;
    int block = 0;
    while (rest >= counts[block]) {
      rest -= counts[block++];
    }
    int word = block * BLOCK_WORDS;
    while (rest >= Long.bitCount(levels[0][word])) {
      rest -= Long.bitCount(levels[0][word++]);
    }
    long bits = levels[0][word];
    for (; rest > 0; rest--) {
      bits &= bits - 1;
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  private void ensure(int word) {
    if (word < levels[0].length) {
      return;
    }
    long[] words = Arrays.copyOf(levels[0], Math.max(word + 1, levels[0].length * 3 / 2));
    int depth = 1;
    for (int length = words.length; length > 1; length = (length + 63) >>> 6) {
      depth++;
    }
    levels = new long[depth][];
    levels[0] = words;
    for (int level = 1; level < depth; level++) {
      long[] below = levels[level - 1];
      levels[level] = new long[(below.length + 63) >>> 6];
      for (int i = 0; i < below.length; i++) {
        if (below[i] != 0) {
          levels[level][i >>> 6] |= 1L << i;
        }
      }
    }
    counts = Arrays.copyOf(counts, (words.length + BLOCK_WORDS - 1) / BLOCK_WORDS);
  }
}
