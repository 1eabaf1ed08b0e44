package io.propeller.operator.internal.proplet;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.scheduler.lifecycle.Liveness;
import io.propeller.scheduler.lifecycle.Liveness.Presence;
import io.propeller.scheduler.lifecycle.Liveness.Signs;
import io.propeller.scheduler.lifecycle.WorkerHealth;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.WorkerKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What is known of the proplets without asking the API server: who is there, since when, and what
 * they say of themselves. A heartbeat ends here.
 *
 * <p>Safe for use by any thread.
 */
public final class PropletDirectory {

  /**
   * What is known of one proplet.
   *
   * @param presence whether it is there
   * @param lastHeard when it last gave a sign of life, if it did since this operator listens
   * @param startedAt when its process announced itself, if it did since this operator listens
   * @param absentSince since when it is absent, if it is
   * @param metadata what it says of itself, if it did since this operator listens
   * @param load what it last measured, if it did since this operator listens
   * @param trackedSince since when this operator knows it
   */
  public record Known(
      Presence presence,
      Optional<Instant> lastHeard,
      Optional<Instant> startedAt,
      Optional<Instant> absentSince,
      Optional<PropletMetadata> metadata,
      Optional<Load> load,
      Instant trackedSince) {}

  /** What a proplet measured, and when that was heard. */
  public record Load(PropletMetrics metrics, Instant heardAt) {}

  /**
   * What is known of one proplet from its resource.
   *
   * @param identity who it is on the wire
   * @param kind where it lives
   * @param evicting its taints that end what runs on it and does not tolerate them
   */
  public record Member(PropletId identity, WorkerKind kind, Set<Taint> evicting) {}

  private static final class Entry {
    final ResourceID proplet;
    Member member;
    Signs signs;
    Known known;

    Entry(ResourceID proplet, Member member, Presence recorded, Instant now) {
      this.proplet = proplet;
      this.member = member;
      this.signs = new Signs(recorded, Optional.empty(), false);
      this.known =
          new Known(
              recorded,
              Optional.empty(),
              Optional.empty(),
              recorded == Presence.ABSENT ? Optional.of(now) : Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              now);
    }
  }

  private final Map<ResourceID, Entry> entries = new HashMap<>();
  private final SetMultimap<PropletId, Entry> byIdentity = LinkedHashMultimap.create();
  private final Liveness liveness;
  private final InstantSource clock;
  private final Consumer<ResourceID> listener;
  private Optional<Instant> listeningSince = Optional.empty();

  /**
   * Makes an empty directory.
   *
   * @param listener is told of each proplet that came, went, was started anew, or says something
   *     else of itself than before; it must not block
   */
  public PropletDirectory(Liveness liveness, InstantSource clock, Consumer<ResourceID> listener) {
    this.liveness = liveness;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Adds a proplet, or replaces what is known of it from its resource; one with another identity is
   * another proplet.
   *
   * @param recorded what was recorded of it before this operator listened
   * @return what is known of it now
   */
  public Known track(ResourceID proplet, Member member, Presence recorded) {
    boolean evicts;
    Known known;
    synchronized (this) {
      Entry entry = entries.get(proplet);
      evicts = entry != null && !entry.member.evicting().equals(member.evicting());
      known = put(proplet, member, recorded).known;
    }
    if (evicts) {
      listener.accept(proplet);
    }
    return known;
  }

  private Entry put(ResourceID proplet, Member member, Presence recorded) {
    Entry entry = entries.get(proplet);
    if (entry == null || !entry.member.identity().equals(member.identity())) {
      forget(proplet);
      entry = new Entry(proplet, member, recorded, clock.instant());
      entries.put(proplet, entry);
      byIdentity.put(member.identity(), entry);
    }
    entry.member = member;
    return entry;
  }

  /** Removes a proplet. */
  public synchronized void forget(ResourceID proplet) {
    Entry entry = entries.remove(proplet);
    if (entry != null) {
      byIdentity.remove(entry.member.identity(), entry);
    }
  }

  /** Returns what is known of a proplet; empty if it is not one of the directory's. */
  public synchronized Optional<Known> find(ResourceID proplet) {
    return Optional.ofNullable(entries.get(proplet)).map(entry -> entry.known);
  }

  /** Returns whether a proplet is there. */
  public boolean isPresent(ResourceID proplet) {
    return find(proplet).filter(known -> known.presence() == Presence.PRESENT).isPresent();
  }

  /** Returns whether a proplet is there and has been heard of since this connection is up. */
  public synchronized boolean isHeard(ResourceID proplet) {
    return find(proplet)
        .filter(known -> known.presence() == Presence.PRESENT)
        .flatMap(Known::lastHeard)
        .filter(heard -> listeningSince.filter(since -> !heard.isBefore(since)).isPresent())
        .isPresent();
  }

  /** Returns the identity of a proplet; empty if it is not one of the directory's. */
  public synchronized Optional<PropletId> identity(ResourceID proplet) {
    return Optional.ofNullable(entries.get(proplet)).map(entry -> entry.member.identity());
  }

  /** Returns the proplets that have an identity, of any namespace. */
  public synchronized Set<ResourceID> named(PropletId identity) {
    return byIdentity.get(identity).stream()
        .map(entry -> entry.proplet)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns where a proplet lives; empty if it is not one of the directory's. */
  public synchronized Optional<WorkerKind> kind(ResourceID proplet) {
    return Optional.ofNullable(entries.get(proplet)).map(entry -> entry.member.kind());
  }

  /** Returns how many proplets are there. */
  public synchronized long present() {
    return entries.values().stream()
        .filter(entry -> entry.known.presence() == Presence.PRESENT)
        .count();
  }

  /** Returns the taints of a proplet that end what runs on it and does not tolerate them. */
  public synchronized Set<Taint> evicting(ResourceID proplet) {
    Entry entry = entries.get(proplet);
    return entry == null ? Set.of() : entry.member.evicting();
  }

  /** Returns how many bytes of memory a proplet's host has; empty if it has not said. */
  public synchronized OptionalLong hostMemory(ResourceID proplet) {
    Entry entry = entries.get(proplet);
    return entry == null || entry.known.metadata().isEmpty()
        ? OptionalLong.empty()
        : entry.known.metadata().get().totalMemoryBytes();
  }

  /** Returns what a task that was given to the proplet at that time has to expect of it. */
  public synchronized WorkerHealth health(ResourceID proplet, Instant dispatchedAt) {
    Entry entry = entries.get(proplet);
    if (entry == null) {
      return new WorkerHealth.Removed();
    }
    Optional<Instant> restarted = entry.known.startedAt().filter(dispatchedAt::isBefore);
    return restarted
        .<WorkerHealth>map(WorkerHealth.Restarted::new)
        .or(() -> entry.known.absentSince().map(WorkerHealth.Away::new))
        .orElseGet(WorkerHealth.Present::new);
  }

  /**
   * Records a sign of life, or that it was the last one.
   *
   * @return whether any proplet has this identity
   */
  public boolean heard(PropletId identity, boolean left, Optional<PropletMetadata> metadata) {
    return change(
        identity,
        (entry, now) -> {
          entry.signs = new Signs(entry.signs.recorded(), Optional.of(now), left);
          return judge(entry, now, entry.known.startedAt(), metadata);
        });
  }

  /**
   * Records that a proplet's process is new: whatever it ran before is gone.
   *
   * @return whether any proplet has this identity
   */
  public boolean started(PropletId identity, PropletMetadata metadata) {
    return change(
        identity,
        (entry, now) -> {
          entry.signs = new Signs(entry.signs.recorded(), Optional.of(now), false);
          return judge(entry, now, Optional.of(now), Optional.of(metadata));
        });
  }

  /**
   * Records what a proplet measured; nobody is told of it.
   *
   * @return whether any proplet has this identity
   */
  public boolean measured(PropletMetrics metrics) {
    return change(
        metrics.propletId(),
        (entry, now) -> {
          Known before = entry.known;
          entry.known =
              new Known(
                  before.presence(),
                  before.lastHeard(),
                  before.startedAt(),
                  before.absentSince(),
                  before.metadata(),
                  Optional.of(new Load(metrics, now)),
                  before.trackedSince());
          return false;
        });
  }

  /** Records that signs of life can be heard from now on, or no longer. */
  public synchronized void listening(boolean listening) {
    if (listening != listeningSince.isPresent()) {
      listeningSince = listening ? Optional.of(clock.instant()) : Optional.empty();
    }
  }

  /** Looks for proplets that have gone silent. To be called from time to time. */
  public void sweep() {
    Instant now = clock.instant();
    List<ResourceID> changed;
    synchronized (this) {
      changed =
          entries.values().stream()
              .filter(entry -> judge(entry, now, entry.known.startedAt(), Optional.empty()))
              .map(entry -> entry.proplet)
              .toList();
    }
    changed.forEach(listener);
  }

  private boolean judge(
      Entry entry, Instant now, Optional<Instant> startedAt, Optional<PropletMetadata> said) {
    Known before = entry.known;
    // Who cannot hear does not judge silence.
    Presence presence = liveness.presence(entry.signs, listeningSince.orElse(now), now);
    Optional<Instant> absentSince =
        presence == Presence.ABSENT
            ? before.absentSince().or(() -> Optional.of(now))
            : Optional.empty();
    entry.known =
        new Known(
            presence,
            entry.signs.lastHeard(),
            startedAt,
            absentSince,
            said.or(before::metadata),
            before.load(),
            before.trackedSince());
    return presence != before.presence()
        || !startedAt.equals(before.startedAt())
        || !entry.known.metadata().equals(before.metadata());
  }

  private interface Change {
    boolean apply(Entry entry, Instant now);
  }

  private boolean change(PropletId identity, Change change) {
    Instant now = clock.instant();
    List<ResourceID> changed;
    synchronized (this) {
      if (!byIdentity.containsKey(identity)) {
        return false;
      }
      changed =
          byIdentity.get(identity).stream()
              .filter(entry -> change.apply(entry, now))
              .map(entry -> entry.proplet)
              .toList();
    }
    changed.forEach(listener);
    return true;
  }
}
