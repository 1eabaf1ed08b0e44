package io.propeller.operator.internal.proplet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.PendingStop;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;

class PendingStopsTest {

  private static final List<ResourceID> PROPLETS =
      List.of(new ResourceID("edge-1", "here"), new ResourceID("edge-2", "here"));
  private static final List<ResourceID> TASKS =
      List.of(new ResourceID("task-1", "here"), new ResourceID("task-2", "here"));
  private static final List<String> UIDS =
      List.of(new UUID(0, 1).toString(), new UUID(0, 2).toString());

  private final Set<ResourceID> hearing = new HashSet<>();
  private final Set<ResourceID> stale = new HashSet<>();
  private final Set<ResourceID> free = new HashSet<>();
  private Instant now = Instant.parse("2026-12-01T00:00:00Z");
  private PendingStops stops;

  @BeforeTry
  void begin() {
    hearing.clear();
    stale.clear();
    free.clear();
    stops = new PendingStops(hearing::contains, () -> now, stale::add, free::add);
  }

  @Example
  void what_was_heard_is_pending_no_more() {
    hearing.addAll(PROPLETS);
    stops.add(PROPLETS.get(0), attempt(0), "main");
    stops.delete(UIDS.get(0), TASKS.get(0));
    assertThat(stops.timeToWait(UIDS.get(0))).contains(Duration.ofSeconds(10));

    stops.sent(attempt(0));

    assertThat(free).containsExactly(TASKS.get(0));
    assertThat(stops.timeToWait(UIDS.get(0))).isEmpty();
    assertThat(stale).isEmpty();
    assertThat(stops.toRecord(PROPLETS.get(0))).isEmpty();
  }

  @Example
  void a_deleted_task_waits_ten_seconds_at_most_and_is_recorded_all_the_same() {
    stops.add(PROPLETS.get(0), attempt(0), "main");
    stops.delete(UIDS.get(0), TASKS.get(0));
    now = now.plusSeconds(10);

    assertThat(stops.timeToWait(UIDS.get(0))).isEmpty();
    stops.unsent(attempt(0));

    assertThat(stale).containsExactly(PROPLETS.get(0));
    assertThat(stops.toRecord(PROPLETS.get(0)))
        .extracting(PendingStop::getAttempt, PendingStop::getFunctionName)
        .containsExactly(tuple(attempt(0).wire(), "main"));
  }

  @Example
  void after_a_day_nobody_is_told_any_more() {
    stops.addMissed(PROPLETS.get(0), attempt(0), "main", now);
    stops.delete(UIDS.get(0), TASKS.get(0));
    List<PendingStop> recorded = stops.toRecord(PROPLETS.get(0));
    hearing.addAll(PROPLETS);
    now = now.plus(Duration.ofHours(24)).plusSeconds(1);

    assertThat(stops.due()).isEmpty();
    assertThat(stops.toRecord(PROPLETS.get(0))).isEmpty();
    PendingStops next = new PendingStops(hearing::contains, () -> now, stale::add, free::add);
    next.restore(PROPLETS.get(0), recorded);
    assertThat(next.due()).isEmpty();
  }

  @Example
  void another_operator_goes_on_with_what_is_recorded() {
    stops.addMissed(PROPLETS.get(0), attempt(0), "main", now);
    stops.delete(UIDS.get(0), TASKS.get(0));
    PendingStops next = new PendingStops(hearing::contains, () -> now, stale::add, free::add);

    next.restore(PROPLETS.get(0), stops.toRecord(PROPLETS.get(0)));

    assertThat(next.due()).as("while it is away").isEmpty();
    hearing.add(PROPLETS.get(0));
    assertThat(next.due()).containsOnlyKeys(attempt(0));
    stale.clear();
    next.sent(attempt(0));
    assertThat(stale).containsExactly(PROPLETS.get(0));
    assertThat(next.toRecord(PROPLETS.get(0))).isEmpty();
  }

  @Example
  void what_is_recorded_stays_so_whatever_else_says_that_it_was_missed() {
    stops.addMissed(PROPLETS.get(0), attempt(0), "main", now);
    stops.delete(UIDS.get(0), TASKS.get(0));
    List<PendingStop> recorded = stops.toRecord(PROPLETS.get(0));
    PendingStops next = new PendingStops(hearing::contains, () -> now, stale::add, free::add);

    next.restore(PROPLETS.get(0), recorded);
    next.addMissed(PROPLETS.get(0), attempt(0), "main", now);

    assertThat(next.toRecord(PROPLETS.get(0))).isEqualTo(recorded);
  }

  @Example
  void a_status_says_the_oldest_thousand() {
    IntStream.rangeClosed(1, 1_001)
        .forEach(
            number ->
                stops.addMissed(
                    PROPLETS.get(0),
                    new AttemptId(UIDS.get(0), number),
                    "main",
                    now.minusSeconds(2_000 - number)));
    stops.delete(UIDS.get(0), TASKS.get(0));

    assertThat(stops.toRecord(PROPLETS.get(0)))
        .hasSize(1_000)
        .first()
        .extracting(PendingStop::getAttempt)
        .isEqualTo(attempt(0).wire());
  }

  enum What {
    STOP,
    SENT,
    UNSENT,
    DELETE,
    RECORD,
    COME,
    GO
  }

  record Step(What what, int proplet, int task) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Integer> two = Arbitraries.of(0, 1);
    return Combinators.combine(Arbitraries.of(What.values()), two, two)
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** Whatever happens in whatever order: a Stop is heard, or written down, before its task goes. */
  @Property
  void no_task_goes_before_its_stops_are_heard_or_recorded(@ForAll("histories") List<Step> steps) {
    Set<String> unheard = new HashSet<>();
    Set<String> recorded = new HashSet<>();
    Set<Integer> deleted = new HashSet<>();
    for (Step step : steps) {
      ResourceID proplet = PROPLETS.get(step.proplet());
      AttemptId attempt = attempt(step.task());
      free.clear();
      boolean waited = deleted.contains(step.task());
      switch (step.what()) {
        case STOP -> {
          stops.add(proplet, attempt, "main");
          unheard.add(proplet + attempt.wire());
        }
        case SENT -> {
          stops.sent(attempt);
          hearing.forEach(one -> unheard.remove(one + attempt.wire()));
        }
        case UNSENT -> stops.unsent(attempt);
        case DELETE -> {
          stops.delete(attempt.task(), TASKS.get(step.task()));
          deleted.add(step.task());
        }
        case RECORD -> {
          List<PendingStop> listed = stops.toRecord(proplet);
          stops.recorded(proplet, listed);
          recorded.removeIf(one -> one.startsWith(proplet.toString()));
          listed.forEach(one -> recorded.add(proplet + one.getAttempt()));
        }
        case COME -> hearing.add(proplet);
        case GO -> hearing.remove(proplet);
      }
      for (int task : Set.copyOf(deleted)) {
        AttemptId id = attempt(task);
        boolean safe =
            PROPLETS.stream()
                .map(one -> one + id.wire())
                .allMatch(one -> !unheard.contains(one) || recorded.contains(one));
        if (stops.timeToWait(id.task()).isEmpty()) {
          assertThat(safe).as("%s is heard or recorded after %s", id, step).isTrue();
          deleted.remove(task);
          if (task == step.task() && waited) {
            assertThat(free).as("is woken").contains(TASKS.get(task));
          }
        }
      }
    }
    hearing.addAll(PROPLETS);
    steps.forEach(step -> stops.unsent(attempt(step.task())));
    assertThat(stops.due().keySet().stream().map(AttemptId::wire))
        .as("what was not heard is told to who is back")
        .containsExactlyInAnyOrderElementsOf(
            unheard.stream()
                .map(one -> one.substring(one.length() - attempt(0).wire().length()))
                .distinct()
                .toList());
  }

  private static AttemptId attempt(int task) {
    return new AttemptId(UIDS.get(task), 1);
  }
}
