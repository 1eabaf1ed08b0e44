package io.propeller.scheduler.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The structures under the fleet, each against one of the JDK's. */
class FleetStructuresTest {

  @Property(tries = 200)
  void a_bitmap_is_a_sorted_set(
      @ForAll @Size(max = 60) List<@IntRange(max = 300_000) Integer> added,
      @ForAll @Size(max = 60) List<@IntRange(max = 300_000) Integer> asked) {
    Bitmap bitmap = new Bitmap();
    TreeSet<Integer> model = new TreeSet<>();
    for (int i = 0; i < added.size(); i++) {
      boolean member = i % 4 != 3;
      int ordinal = member ? added.get(i) : added.get(i / 2);
      bitmap.set(ordinal, member);
      if (member) {
        model.add(ordinal);
      } else {
        model.remove(ordinal);
      }
    }

    assertThat(bitmap.size()).isEqualTo(model.size());
    for (int ordinal : asked) {
      Integer next = model.ceiling(ordinal);
      assertThat(bitmap.next(ordinal)).isEqualTo(next == null ? -1 : next);
      assertThat(bitmap.get(ordinal)).isEqualTo(model.contains(ordinal));
    }
    List<Integer> sorted = new ArrayList<>(model);
    for (int rank = 0; rank < sorted.size(); rank++) {
      assertThat(bitmap.select(rank)).isEqualTo(sorted.get(rank));
    }
  }

  @Property(tries = 200)
  void a_hash_table_is_a_map(@ForAll @Size(max = 400) List<@IntRange(max = 150) Integer> keys) {
    List<Integer> places = new ArrayList<>();
    HashTable<Integer> table = new HashTable<>(places::get);
    Map<Integer, Integer> model = new HashMap<>();
    for (int key : keys) {
      if (model.containsKey(key)) {
        assertThat(table.remove(key)).isEqualTo(model.remove(key));
      } else {
        places.add(key);
        table.add(key, places.size() - 1);
        model.put(key, places.size() - 1);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    for (int key = 0; key <= 150; key++) {
      assertThat(table.find(key)).isEqualTo(model.getOrDefault(key, HashTable.NONE));
    }
  }

  @Property(tries = 200)
  void postings_are_a_set_whether_they_are_few_or_many(
      @ForAll @Size(max = 400) List<@IntRange(max = 250) Integer> toggled) {
    Postings postings = new Postings();
    TreeSet<Integer> model = new TreeSet<>();
    for (int ordinal : toggled) {
      if (model.remove(ordinal)) {
        postings.remove(ordinal);
      } else {
        model.add(ordinal);
        postings.add(ordinal, 251);
      }
    }
    long[] words = new long[4];
    postings.orInto(words);

    assertThat(postings.isEmpty()).isEqualTo(model.isEmpty());
    for (int ordinal = 0; ordinal <= 250; ordinal++) {
      assertThat((words[ordinal >>> 6] & (1L << ordinal)) != 0).isEqualTo(model.contains(ordinal));
    }
  }

  @Property(tries = 100)
  void a_tournaments_winner_has_the_lowest_score(
      @ForAll @Size(min = 1, max = 100) List<@IntRange(max = 20_000) Integer> ordinals) {
    Bitmap members = new Bitmap();
    Scores scores = new Scores(worker -> (worker.ordinal() * 7919L) % 101);
    Tournament tournament = new Tournament(members, scores);
    TreeSet<Integer> model = new TreeSet<>();
    Dimensions dimensions = new Dimensions();
    for (int ordinal : ordinals) {
      scores.update(new Slot(dimensions, io.propeller.scheduler.model.WorkerId.of("w"), ordinal));
      boolean came = model.add(ordinal) || !model.remove(ordinal);
      members.set(ordinal, came);
      tournament.changed(ordinal);

      int winner =
          model.stream()
              .min(
                  java.util.Comparator.<Integer>comparingLong(o -> (o * 7919L) % 101)
                      .thenComparingInt(o -> o))
              .orElse(-1);
      assertThat(tournament.winner()).isEqualTo(winner);
    }
  }
}
