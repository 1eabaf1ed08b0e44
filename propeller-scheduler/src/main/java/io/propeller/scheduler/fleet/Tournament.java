package io.propeller.scheduler.fleet;

import java.util.Arrays;

/**
 * Knows the member of the lowest score of a bitmap. It is a tournament tree of degree eight: each
 * eight places of the bitmap have a winner, each eight winners have one, and so on. A change marks
 * its eight; what is marked is played again when the winner is asked for.
 */
final class Tournament {

  private static final int NOBODY = -1;
  private static final int SHIFT = 3;
  private static final int DEGREE = 1 << SHIFT;

  private final Bitmap members;
  private final Scores scores;

  /**
   * The group that has changed, if no other has: mostly one does before the winner is asked for.
   */
  private int changed = NOBODY;

  /** The groups that have changed besides. */
  private final Bitmap stale = new Bitmap();

  private int[][] winners = {{NOBODY}};

  /** The scores of the winners, kept beside them: to look each up is what takes time. */
  private double[][] lowest = {{0}};

  Tournament(Bitmap members, Scores scores) {
    this.members = members;
    this.scores = scores;
    markAll();
  }

  Scores scores() {
    return scores;
  }

  /** Says that the member came, went, or has another score. */
  void changed(int ordinal) {
    int group = ordinal >>> SHIFT;
    if (changed == NOBODY) {
      changed = group;
    } else if (changed != group) {
      stale.add(group);
    }
  }

  /** Returns the member of the lowest score, of equal ones the smallest; -1 if there are none. */
  int winner() {
    if (groups() > winners[0].length) {
      grow();
    }
    if (changed != NOBODY) {
      replay(changed);
      changed = NOBODY;
    }
    if (!stale.isEmpty()) {
      replayStale();
    }
    return winners[winners.length - 1][0];
  }

  private void replayStale() {
    for (int group = stale.next(0); group >= 0; group = stale.next(group + 1)) {
      stale.remove(group);
      replay(group);
    }
  }

  private void replay(int group) {
    int first = group << SHIFT;
    int winner = NOBODY;
    double score = 0;
    long bits = members.word(first >>> 6) >>> (first & 63) & (1 << DEGREE) - 1;
    for (; bits != 0; bits &= bits - 1) {
      int member = first + Long.numberOfTrailingZeros(bits);
      double its = scores.get(member);
      if (winner == NOBODY || its < score) {
        winner = member;
        score = its;
      }
    }
    set(0, group, winner, score);
    for (int level = 1, index = group; level < winners.length; level++) {
      int child = index;
      index >>>= SHIFT;
      if (!challenge(level, index, child)) {
        return;
      }
    }
  }

  /**
   * Plays a place of a level again of whose children one has a new winner, or the same with another
   * score; tells whether that changes anything. Where the child beats the winner there was, the
   * others need not be asked, nor where it was beaten before and still is.
   */
  private boolean challenge(int level, int index, int child) {
    int challenger = winners[level - 1][child];
    double score = lowest[level - 1][child];
    int champion = winners[level][index];
    boolean wins =
        challenger != NOBODY
            && (champion == NOBODY
                || score < lowest[level][index]
                || (score == lowest[level][index] && challenger <= champion));
    if (wins) {
      set(level, index, challenger, score);
      return true;
    }
    boolean isOfChild = champion != NOBODY && champion >>> (SHIFT * level) == child;
    if (isOfChild) {
      playAll(level, index);
    }
    return isOfChild;
  }

  private void playAll(int level, int index) {
    int[] below = winners[level - 1];
    double[] scoresBelow = lowest[level - 1];
    int winner = NOBODY;
    double score = 0;
    for (int i = index << SHIFT; i < Math.min(below.length, (index + 1) << SHIFT); i++) {
      if (below[i] != NOBODY && (winner == NOBODY || scoresBelow[i] < score)) {
        winner = below[i];
        score = scoresBelow[i];
      }
    }
    set(level, index, winner, score);
  }

  private void set(int level, int index, int winner, double score) {
    winners[level][index] = winner;
    lowest[level][index] = score;
  }

  private int groups() {
    return members.words() << (6 - SHIFT);
  }

  private void grow() {
    int depth = 1;
    for (int length = groups(); length > 1; length = above(length)) {
      depth++;
    }
    winners = new int[depth][];
    lowest = new double[depth][];
    int length = groups();
    for (int level = 0; level < depth; level++) {
      winners[level] = new int[length];
      Arrays.fill(winners[level], NOBODY);
      lowest[level] = new double[length];
      length = above(length);
    }
    markAll();
  }

  private static int above(int length) {
    return (length + DEGREE - 1) >>> SHIFT;
  }

  private void markAll() {
    for (int group = 0; group < groups(); group++) {
      stale.add(group);
    }
  }
}
