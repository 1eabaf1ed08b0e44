package io.propeller.operator.internal.resources;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resources of a cache by keys that they have. The indexes of the cache itself take a
 * resource out before they put its next version in, and whoever looks in between does not find it;
 * here what is there is found at any time.
 *
 * <p>Safe for use by any thread.
 */
public final class KeyIndex<R extends HasMetadata> {

  private final Function<R, Set<String>> keys;
  private final Function<ResourceID, Optional<R>> cache;
  private final Map<ResourceID, Set<String>> keysOf = new HashMap<>();
  private final Map<String, Set<ResourceID>> ids = new ConcurrentHashMap<>();

  /**
   * Makes an empty index.
   *
   * @param keys returns the keys of a resource, which do not differ between two calls
   * @param cache returns a resource as it is now
   */
  public KeyIndex(Function<R, Set<String>> keys, Function<ResourceID, Optional<R>> cache) {
    this.keys = keys;
    this.cache = cache;
  }

  /** Takes note that a resource has come, changed or gone: that the cache has already. */
  public synchronized void changed(ResourceID id) {
    Set<String> now = keysNow(id);
    Set<String> before = keysOf.getOrDefault(id, Set.of());
    now.stream().filter(key -> !before.contains(key)).forEach(key -> add(key, id));
    before.stream().filter(key -> !now.contains(key)).forEach(key -> remove(key, id));
    if (now.isEmpty()) {
      keysOf.remove(id);
    } else {
      keysOf.put(id, now);
    }
  }

  /** Returns the resources that have a key, as they are now. */
  public Stream<R> find(String key) {
    return ids.getOrDefault(key, Set.of()).stream()
        .flatMap(id -> cache.apply(id).stream())
        .filter(found -> keys.apply(found).contains(key));
  }

  private Set<String> keysNow(ResourceID id) {
    return cache.apply(id).map(keys).orElse(Set.of());
  }

  private void add(String key, ResourceID id) {
    ids.compute(key, (same, some) -> some == null ? Set.of(id) : with(some, id));
  }

  /** Most keys are of one resource, and those of a large group would be copied for each. */
  private static Set<ResourceID> with(Set<ResourceID> some, ResourceID id) {
    Set<ResourceID> all = some;
    if (some.size() == 1) {
      all = ConcurrentHashMap.newKeySet();
      all.addAll(some);
    }
    all.add(id);
    return all;
  }

  private void remove(String key, ResourceID id) {
    ids.computeIfPresent(key, (same, some) -> without(some, id));
  }

  private static @Nullable Set<ResourceID> without(Set<ResourceID> some, ResourceID id) {
    if (some.size() == 1) {
      return null;
    }
    some.remove(id);
    return some;
  }
}
