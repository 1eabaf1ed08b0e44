package io.propeller.operator.internal.federated;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Draws the participants of a round from those that qualify. */
final class Draw {

  private Draw() {}

  /**
   * Draws some, each as likely as any other, and in each round others: they are ordered by the
   * SHA-256 of {@code {seed}/{round}/{name}}, and the first ones are taken. The same arguments give
   * the same names, whatever order they come in.
   *
   * @param seed what tells one draw of a round of that number from another
   * @param count how many to take at most
   * @return their names, sorted
   */
  static List<String> participants(String seed, int round, Collection<String> from, int count) {
    return from.stream()
        .distinct()
        .sorted(
            Comparator.comparing((String name) -> digest(seed + "/" + round + "/" + name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .sorted()
        .toList();
  }

  private static String digest(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }
}
