package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DrawTest {

  @Property
  void as_many_are_drawn_as_there_are_and_no_more_than_asked_for(
      @ForAll Set<@AlphaChars @StringLength(min = 1, max = 8) String> names,
      @ForAll @IntRange(min = 1, max = 12) int count,
      @ForAll @IntRange(min = 1, max = 1_000) int round,
      @ForAll Random random) {
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, random);

    List<String> drawn = Draw.participants("job", round, shuffled, count);

    assertThat(drawn)
        .hasSize(Math.min(count, names.size()))
        .isSubsetOf(names)
        .isSorted()
        .doesNotHaveDuplicates()
        .isEqualTo(Draw.participants("job", round, names, count));
  }

  @Test
  void each_is_drawn_as_often_as_any_other() {
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "w" + i).toList();
    Map<String, Integer> times = new HashMap<>();
    for (int round = 1; round <= 2_000; round++) {
      Draw.participants("job", round, names, 3).forEach(name -> times.merge(name, 1, Integer::sum));
    }
    // The mean is 600, the standard deviation 20.
    assertThat(times.values()).hasSize(10).allSatisfy(n -> assertThat(n).isBetween(500, 700));
  }
}
