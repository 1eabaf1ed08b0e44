package io.propeller.fl.aggregate;

import java.util.Arrays;
import java.util.List;

/** Krum's score: the sum of the squared distances to the nearest neighbours. Lower is better. */
final class KrumScores {
  private KrumScores() {}

  /**
   * Returns the candidate with the lowest score, the first of several.
   *
   * @param distances squared, between all vectors
   * @param candidates who is left
   * @param byzantine f; the n − f − 2 nearest count
   */
  static int best(double[][] distances, List<Integer> candidates, int byzantine) {
    int best = candidates.get(0);
    double lowest = Double.POSITIVE_INFINITY;
    for (int candidate : candidates) {
      double score = score(distances[candidate], candidate, candidates, byzantine);
      if (score < lowest) {
        lowest = score;
        best = candidate;
      }
    }
    return best;
  }

  static double score(double[] distances, int candidate, List<Integer> candidates, int byzantine) {
    double[] others =
        candidates.stream()
            .filter(other -> other != candidate)
            .mapToDouble(other -> distances[other])
            .toArray();
    Arrays.sort(others);
    int neighbours = Math.max(0, Math.min(others.length, candidates.size() - byzantine - 2));
    double score = 0;
    for (int i = 0; i < neighbours; i++) {
      score += others[i];
    }
    return score;
  }
}
