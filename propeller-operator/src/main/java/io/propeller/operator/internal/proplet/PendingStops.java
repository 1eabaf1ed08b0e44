package io.propeller.operator.internal.proplet;

import static java.util.Comparator.comparing;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.PendingStop;
import io.propeller.api.v1.PendingStopBuilder;
import io.propeller.operator.internal.proplet.StopTable.Entry;
import io.propeller.operator.internal.proplet.StopTable.Target;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.StopNotice;
import io.propeller.scheduler.lifecycle.StopNotice.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which attempts proplets are to stop and may not have heard so. Those of tasks that exist can be
 * read from their status again; those of deleted tasks are recorded in the status of the Proplet,
 * and their tasks wait for that.
 *
 * <p>Safe for use by any thread.
 */
public final class PendingStops {

  private static final int MAX_RECORDED = 1_000;

  private record Deletion(ResourceID task, Instant until) {}

  private final StopTable table;
  private final Cache<String, Deletion> deletions =
      CacheBuilder.newBuilder().expireAfterWrite(StopNotice.KEPT).build();
  private final Predicate<ResourceID> hears;
  private final InstantSource clock;
  private final Consumer<ResourceID> wakeProplet;
  private final Consumer<ResourceID> wakeTask;

  /**
   * Makes an empty one.
   *
   * @param hears whether a proplet hears what is sent to it now
   * @param wakeProplet is told of each proplet whose status has to say something else
   * @param wakeTask is told of each deleted task that need not wait any more
   */
  public PendingStops(
      Predicate<ResourceID> hears,
      InstantSource clock,
      Consumer<ResourceID> wakeProplet,
      Consumer<ResourceID> wakeTask) {
    this.table = new StopTable(clock);
    this.hears = hears;
    this.clock = clock;
    this.wakeProplet = wakeProplet;
    this.wakeTask = wakeTask;
  }

  /** Adds an attempt that a proplet is to stop from now on. */
  public synchronized void add(ResourceID proplet, AttemptId attempt, String function) {
    add(proplet, attempt, function, new StopNotice(clock.instant(), Stage.ON_ITS_WAY));
  }

  /** Adds an attempt that a proplet was to stop since then, and did not hear so. */
  public synchronized void addMissed(
      ResourceID proplet, AttemptId attempt, String function, Instant since) {
    add(proplet, attempt, function, new StopNotice(since, Stage.MISSED));
  }

  /** Adds what is recorded of a proplet. */
  synchronized void restore(ResourceID proplet, List<PendingStop> recorded) {
    for (PendingStop stop : recorded) {
      Instant since = Objects.requireNonNullElseGet(stop.getSince(), clock::instant);
      StopNotice notice = new StopNotice(since, Stage.RECORDED);
      AttemptId.parse(stop.getAttempt())
          .ifPresent(attempt -> add(proplet, attempt, stop.getFunctionName(), notice));
    }
  }

  /** What is known already has come further. */
  private void add(ResourceID proplet, AttemptId attempt, String function, StopNotice notice) {
    Target target = new Target(proplet, attempt);
    if (!table.contains(target)) {
      table.put(target, new Entry(function, notice));
    }
  }

  /** Returns what is to be sent again, each with the function that its task calls. */
  public synchronized Map<AttemptId, String> due() {
    Map<AttemptId, String> due = new HashMap<>();
    table.proplets().stream()
        .filter(hears)
        .flatMap(proplet -> table.ofProplet(proplet).entrySet().stream())
        .filter(one -> one.getValue().notice().isDue())
        .forEach(one -> due.put(one.getKey().attempt(), one.getValue().function()));
    return due;
  }

  /** Returns what the status of a proplet has to say, oldest first. */
  synchronized List<PendingStop> toRecord(ResourceID proplet) {
    return table.ofProplet(proplet).entrySet().stream()
        .filter(
            one ->
                one.getValue().notice().belongsOnRecord(isDeleted(one.getKey().attempt().task())))
        .map(one -> record(one.getKey().attempt(), one.getValue()))
        .sorted(comparing(PendingStop::getSince).thenComparing(PendingStop::getAttempt))
        .limit(MAX_RECORDED)
        .toList();
  }

  private boolean isDeleted(String uid) {
    return deletions.getIfPresent(uid) != null;
  }

  private static PendingStop record(AttemptId attempt, Entry entry) {
    return new PendingStopBuilder()
        .withAttempt(attempt.wire())
        .withFunctionName(entry.function())
        .withSince(entry.notice().since().truncatedTo(ChronoUnit.SECONDS))
        .build();
  }

  /** Records what the status of a proplet says. */
  void recorded(ResourceID proplet, List<PendingStop> stops) {
    Set<ResourceID> free = new HashSet<>();
    synchronized (this) {
      Map<Target, Entry> entries = table.ofProplet(proplet);
      for (PendingStop stop : stops) {
        Target target = new Target(proplet, AttemptId.parse(stop.getAttempt()).orElseThrow());
        Entry entry = entries.get(target);
        if (entry != null && entry.notice().keepsTask()) {
          table.put(target, new Entry(entry.function(), entry.notice().recorded()));
          free(target.attempt().task()).ifPresent(free::add);
        }
      }
    }
    free.forEach(wakeTask);
  }

  /** Forgets a proplet, which nothing can be recorded of any more. */
  void forget(ResourceID proplet) {
    Set<ResourceID> free = new HashSet<>();
    synchronized (this) {
      for (Target target : table.ofProplet(proplet).keySet()) {
        table.remove(target);
        free(target.attempt().task()).ifPresent(free::add);
      }
    }
    free.forEach(wakeTask);
  }

  /** Records that the broker has the Stop of an attempt. */
  public void sent(AttemptId attempt) {
    settle(attempt, hears);
  }

  /** Records that the broker cannot be given the Stop of an attempt now. */
  public void unsent(AttemptId attempt) {
    settle(attempt, proplet -> false);
  }

  private void settle(AttemptId attempt, Predicate<ResourceID> heard) {
    Set<ResourceID> changed = new HashSet<>();
    Optional<ResourceID> free;
    synchronized (this) {
      table.ofTask(attempt.task()).entrySet().stream()
          .filter(one -> one.getKey().attempt().equals(attempt))
          .filter(one -> told(one.getKey(), one.getValue(), heard.test(one.getKey().proplet())))
          .forEach(one -> changed.add(one.getKey().proplet()));
      free = free(attempt.task());
    }
    changed.forEach(wakeProplet);
    free.ifPresent(wakeTask);
  }

  /** Returns whether the status of the proplet has to say something else from then on. */
  private boolean told(Target target, Entry entry, boolean heard) {
    boolean isDeleted = isDeleted(target.attempt().task());
    Optional<StopNotice> next = entry.notice().told(heard);
    next.ifPresentOrElse(
        notice -> table.put(target, new Entry(entry.function(), notice)),
        () -> table.remove(target));
    return entry.notice().belongsOnRecord(isDeleted)
        != next.filter(notice -> notice.belongsOnRecord(isDeleted)).isPresent();
  }

  /**
   * Records that a task is being deleted.
   *
   * @return whether that is new, so that what runs of it is to be stopped
   */
  public boolean delete(String uid, ResourceID task) {
    Set<ResourceID> changed = new HashSet<>();
    synchronized (this) {
      if (isDeleted(uid)) {
        return false;
      }
      deletions.put(uid, new Deletion(task, clock.instant().plus(StopNotice.TASK_KEPT)));
      table
          .ofTask(uid)
          .forEach(
              (target, entry) -> {
                if (entry.notice().keepsTask() && entry.notice().belongsOnRecord(true)) {
                  changed.add(target.proplet());
                }
              });
    }
    changed.forEach(wakeProplet);
    return true;
  }

  /** Returns how long a deleted task still has to wait; empty if it may go, as it then does. */
  public synchronized Optional<Duration> timeToWait(String uid) {
    Deletion deletion = deletions.getIfPresent(uid);
    if (deletion == null) {
      return Optional.empty();
    }
    if (free(uid).isPresent()) {
      deletions.invalidate(uid);
      return Optional.empty();
    }
    Duration left = Duration.between(clock.instant(), deletion.until());
    return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
  }

  /** Returns the deleted task of that uid, if nothing keeps it. */
  private Optional<ResourceID> free(String uid) {
    return table.ofTask(uid).values().stream().noneMatch(entry -> entry.notice().keepsTask())
        ? Optional.ofNullable(deletions.getIfPresent(uid)).map(Deletion::task)
        : Optional.empty();
  }
}
