package io.propeller.scheduler.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.scheduler.model.WorkerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

  /** What happens to a member: it leaves, or comes with this score, or gets it. */
  record Change(int ordinal, int score, boolean leaves, boolean asked) {}

  @Provide
  Arbitrary<Change> changes() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 20), Arbitraries.integers().between(0, 20_000)),
            Arbitraries.integers().between(0, 4),
            Arbitraries.of(true, false, false),
            Arbitraries.of(true, false))
        .as(Change::new);
  }

  @Property(tries = 500)
  void a_tournaments_winner_has_the_lowest_score_however_scores_change(
      @ForAll @Size(min = 1, max = 100) List<@From("changes") Change> changes) {
    Bitmap members = new Bitmap();
    Map<Integer, Integer> model = new TreeMap<>();
    Scores scores = new Scores(worker -> model.getOrDefault(worker.ordinal(), 0));
    Tournament tournament = new Tournament(members, scores);
    Dimensions dimensions = new Dimensions();
    for (Change change : changes) {
      if (change.leaves() && model.remove(change.ordinal()) == null) {
        continue;
      }
      if (!change.leaves()) {
        model.put(change.ordinal(), change.score());
      }
      scores.update(new Slot(dimensions, WorkerId.of("w"), change.ordinal()));
      members.set(change.ordinal(), !change.leaves());
      tournament.changed(change.ordinal());

      if (change.asked()) {
        int winner =
            model.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(-1);
        assertThat(tournament.winner()).isEqualTo(winner);
      }
    }
  }
}
