package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.LabelExpression;
import io.propeller.scheduler.model.ProfileCondition;
import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerPhase;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An inverted index: for each property that a worker may have, the workers that have it. A
 * selector's workers are what is left when these sets are intersected.
 */
final class Index {

  /** A property. Each record type is a name space of its own. */
  private sealed interface Term {
    /** Takes tasks: alive and schedulable. */
    record Available() implements Term {}

    record OfKind(Enum<?> kind) implements Term {}

    record DeviceType(String type) implements Term {}

    record Capability(String name) implements Term {}

    record Condition(ProfileCondition condition) implements Term {}

    record LabelKey(String key) implements Term {}

    record Label(String key, String value) implements Term {}
  }

  private static final Term AVAILABLE = new Term.Available();

  private final Map<Term, Postings> postings = new HashMap<>();
  private final Slots slots;

  Index(Slots slots) {
    this.slots = slots;
  }

  /**
   * Brings the index up to date with a worker that came, changed, or, where {@code after} is null,
   * went.
   */
  void update(int ordinal, @Nullable Worker before, @Nullable Worker after) {
    if (before != null && after != null && sameTerms(before, after)) {
      return;
    }
    if (before != null) {
      forEachTerm(before, term -> remove(term, ordinal));
    }
    if (after != null) {
      forEachTerm(
          after,
          term ->
              postings.computeIfAbsent(term, absent -> new Postings()).add(ordinal, slots.limit()));
    }
  }

  /**
   * Returns, as bits by ordinal, the workers that satisfy every criterion but those on its name,
   * its taints and its amounts, which are yet to be looked at.
   */
  long[] select(Requirements required) {
    Selector selector = required.selector();
    long[] selected = words();
    orInto(selected, AVAILABLE);
    long[] scratch = words();
    required.kind().ifPresent(kind -> and(selected, scratch, List.of(new Term.OfKind(kind))));
    if (!selector.deviceTypes().isEmpty()) {
      and(selected, scratch, selector.deviceTypes().stream().map(Term.DeviceType::new).toList());
    }
    selector
        .labels()
        .forEach((key, value) -> and(selected, scratch, List.of(new Term.Label(key, value))));
    for (LabelExpression expression : selector.expressions()) {
      and(selected, scratch, expression);
    }
    for (String capability : selector.capabilities()) {
      and(selected, scratch, List.of(new Term.Capability(capability)));
    }
    selector
        .profiles()
        .forEach(
            (profile, conditions) ->
                and(
                    selected,
                    scratch,
                    conditions.stream()
                        .map(name -> new Term.Condition(new ProfileCondition(profile, name)))
                        .toList()));
    return selected;
  }

  private void and(long[] selected, long[] scratch, LabelExpression expression) {
    List<Term.Label> values =
        expression.values().stream().map(value -> new Term.Label(expression.key(), value)).toList();
    List<Term.LabelKey> key = List.of(new Term.LabelKey(expression.key()));
    switch (expression.operator()) {
      case IN -> and(selected, scratch, values);
      case EXISTS -> and(selected, scratch, key);
      case NOT_IN -> andNot(selected, scratch, values);
      case DOES_NOT_EXIST -> andNot(selected, scratch, key);
    }
  }

  private void and(long[] selected, long[] scratch, Collection<? extends Term> anyOf) {
    union(scratch, anyOf);
    for (int i = 0; i < selected.length; i++) {
      selected[i] &= scratch[i];
    }
  }

  private void andNot(long[] selected, long[] scratch, Collection<? extends Term> anyOf) {
    union(scratch, anyOf);
    for (int i = 0; i < selected.length; i++) {
      selected[i] &= ~scratch[i];
    }
  }

  private void union(long[] into, Collection<? extends Term> terms) {
    Arrays.fill(into, 0);
    terms.forEach(term -> orInto(into, term));
  }

  private void orInto(long[] words, Term term) {
    Postings found = postings.get(term);
    if (found != null) {
      found.orInto(words);
    }
  }

  private long[] words() {
    return new long[(slots.limit() + 63) >>> 6];
  }

  private void remove(Term term, int ordinal) {
    Postings found = postings.get(term);
    if (found != null) {
      found.remove(ordinal);
      if (found.isEmpty()) {
        postings.remove(term);
      }
    }
  }

  private static boolean available(Worker worker) {
    return worker.phase() == WorkerPhase.RUNNING && worker.schedulable();
  }

  private static boolean sameTerms(Worker before, Worker after) {
    return available(before) == available(after)
        && before.kind() == after.kind()
        && before.deviceType().equals(after.deviceType())
        && before.capabilities().equals(after.capabilities())
        && before.conditions().equals(after.conditions())
        && before.labels().equals(after.labels());
  }

  private static void forEachTerm(Worker worker, Consumer<Term> action) {
    if (available(worker)) {
      action.accept(AVAILABLE);
    }
    action.accept(new Term.OfKind(worker.kind()));
    worker.deviceType().ifPresent(type -> action.accept(new Term.DeviceType(type)));
    worker.capabilities().forEach(name -> action.accept(new Term.Capability(name)));
    worker.conditions().forEach(condition -> action.accept(new Term.Condition(condition)));
    worker
        .labels()
        .forEach(
            (key, value) -> {
              action.accept(new Term.LabelKey(key));
              action.accept(new Term.Label(key, value));
            });
  }
}
