package io.propeller.scheduler.fleet;

import java.util.Arrays;

/**
 * Knows the member of the lowest score of a bitmap. It is a tournament tree of degree 64: each word
 * of the bitmap has a winner, each 64 winners have one, and so on. A change marks its word; what is
 * marked is played again when the winner is asked for.
 */
final class Tournament {

  private static final int NOBODY = -1;

  private final Bitmap members;
  private final Scores scores;
  private final Bitmap stale = new Bitmap();
  private int[][] winners = {{NOBODY}};

  Tournament(Bitmap members, Scores scores) {
    this.members = members;
    this.scores = scores;
    for (int word = 0; word < members.words(); word++) {
      stale.add(word);
    }
  }

  Scores scores() {
    return scores;
  }

  /** Says that the member came, went, or has another score. */
  void changed(int ordinal) {
    stale.add(ordinal >>> 6);
  }

  /** Returns the member of the lowest score, of equal ones the smallest; -1 if there are none. */
  int winner() {
    if (stale.isEmpty()) {
      return winners[winners.length - 1][0];
    }
    if (members.words() > winners[0].length) {
      grow();
    }
    for (int word = stale.next(0); word >= 0; word = stale.next(word + 1)) {
      stale.remove(word);
      replay(word);
    }
    return winners[winners.length - 1][0];
  }

  private void replay(int word) {
    int winner = NOBODY;
    for (long bits = members.word(word); bits != 0; bits &= bits - 1) {
      winner = better(winner, (word << 6) + Long.numberOfTrailingZeros(bits));
    }
    winners[0][word] = winner;
    int index = word;
    for (int level = 1; level < winners.length; level++) {
      index >>>= 6;
      int[] below = winners[level - 1];
      winner = NOBODY;
      for (int i = index << 6; i < Math.min(below.length, (index + 1) << 6); i++) {
        winner = below[i] == NOBODY ? winner : better(winner, below[i]);
      }
      winners[level][index] = winner;
    }
  }

  private int better(int first, int second) {
    if (first == NOBODY) {
      return second;
    }
    double a = scores.get(first);
    double b = scores.get(second);
    return a < b || (a == b && first < second) ? first : second;
  }

  private void grow() {
    int depth = 1;
    for (int length = members.words(); length > 1; length = (length + 63) >>> 6) {
      depth++;
    }
    winners = new int[depth][];
    int length = members.words();
    for (int level = 0; level < depth; level++) {
      winners[level] = new int[length];
      Arrays.fill(winners[level], NOBODY);
      length = (length + 63) >>> 6;
    }
    for (int word = 0; word < members.words(); word++) {
      stale.add(word);
    }
  }
}
