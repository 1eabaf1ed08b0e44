package io.propeller.operator.internal.profile;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Profile;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.scheduler.model.ProfileCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Which conditions of which Proplet's profiles are true, by what it last measured. Of one that has
 * measured nothing yet every variable is nil.
 *
 * <p>Safe for use by any thread.
 */
public final class ProfileWatch {

  private record Watched(
      PropletId identity,
      Profiles profiles,
      Optional<PropletMetrics> metrics,
      Set<ProfileCondition> conditions) {}

  private final Map<ResourceID, Watched> watched = new HashMap<>();
  private final SetMultimap<PropletId, ResourceID> byIdentity = HashMultimap.create();
  private final Function<ResourceID, OptionalLong> hostMemory;
  private final Consumer<ResourceID> listener;

  /**
   * Makes a watch of nothing.
   *
   * @param hostMemory says how many bytes of memory a proplet's host has, if that is known
   * @param listener is told of each proplet of which other conditions are true than before; it must
   *     not block
   */
  public ProfileWatch(
      Function<ResourceID, OptionalLong> hostMemory, Consumer<ResourceID> listener) {
    this.hostMemory = hostMemory;
    this.listener = listener;
  }

  /**
   * Checks profiles.
   *
   * @throws IllegalArgumentException if an expression is none; the message names it
   */
  public static void check(List<Profile> profiles) {
    var unused = Profiles.of(profiles);
  }

  /**
   * Watches a proplet that has profiles, or what has become of them; forgets one that has none.
   *
   * @return the conditions that are true now
   * @throws IllegalArgumentException if an expression is none; the message names it
   */
  public synchronized Set<ProfileCondition> track(
      ResourceID proplet, PropletId identity, List<Profile> profiles) {
    if (profiles.isEmpty()) {
      forget(proplet);
      return Set.of();
    }
    Watched before = watched.get(proplet);
    Optional<PropletMetrics> metrics =
        before != null && before.identity().equals(identity) ? before.metrics() : Optional.empty();
    Profiles compiled = Profiles.of(profiles);
    forget(proplet);
    byIdentity.put(identity, proplet);
    return judge(proplet, identity, compiled, metrics).conditions();
  }

  /** Forgets a proplet. */
  public synchronized void forget(ResourceID proplet) {
    Watched before = watched.remove(proplet);
    if (before != null) {
      byIdentity.remove(before.identity(), proplet);
    }
  }

  /**
   * Returns whether a proplet's conditions rest on what it measured, and not on that it has said
   * nothing since this operator listens.
   */
  public synchronized boolean isKnown(ResourceID proplet) {
    Watched found = watched.get(proplet);
    return found == null || found.metrics().isPresent();
  }

  /** Records what a proplet has measured. */
  public void measured(PropletMetrics metrics) {
    List<ResourceID> news = new ArrayList<>();
    synchronized (this) {
      for (ResourceID proplet : byIdentity.get(metrics.propletId())) {
        Watched before = watched.get(proplet);
        if (before != null) {
          Watched after =
              judge(proplet, before.identity(), before.profiles(), Optional.of(metrics));
          if (!after.conditions().equals(before.conditions()) || before.metrics().isEmpty()) {
            news.add(proplet);
          }
        }
      }
    }
    news.forEach(listener);
  }

  private Watched judge(
      ResourceID proplet, PropletId identity, Profiles profiles, Optional<PropletMetrics> metrics) {
    Watched judged =
        new Watched(
            identity,
            profiles,
            metrics,
            profiles.trueOf(Variables.of(metrics, hostMemory.apply(proplet))));
    watched.put(proplet, judged);
    return judged;
  }
}
