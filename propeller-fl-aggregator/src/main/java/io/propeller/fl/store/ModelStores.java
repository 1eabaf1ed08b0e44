package io.propeller.fl.store;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The kinds of model stores that are known, by name: {@code file}, whose setting {@code folder} is
 * where it keeps everything, and those on the class path. Safe for use by several threads.
 */
public final class ModelStores {
  private final ImmutableSortedMap<String, ModelStoreProvider> providers;

  private ModelStores(ImmutableSortedMap<String, ModelStoreProvider> providers) {
    this.providers = providers;
  }

  /**
   * Returns the store of this library and those on the class path.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static ModelStores load() {
    return of(ServiceLoader.load(ModelStoreProvider.class));
  }

  /**
   * Returns the store of this library and these.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static ModelStores of(Iterable<ModelStoreProvider> more) {
    Map<String, ModelStoreProvider> byName = new TreeMap<>();
    for (ModelStoreProvider provider :
        Iterables.concat(List.of(new FileModelStoreProvider()), more)) {
      ModelStoreProvider other = byName.putIfAbsent(provider.name(), provider);
      checkArgument(
          other == null,
          "two model stores are named %s: %s and %s",
          provider.name(),
          other == null ? "" : other.getClass().getName(),
          provider.getClass().getName());
    }
    return new ModelStores(ImmutableSortedMap.copyOf(byName));
  }

  /** Returns the names of all stores. */
  public ImmutableSortedSet<String> names() {
    return providers.keySet();
  }

  /**
   * Opens a store.
   *
   * @param config the store's own settings, as read from JSON
   * @param clock gives content the time that {@link ModelStore#collect} compares
   * @throws IllegalArgumentException if the store is unknown, or a setting is missing, unknown or
   *     out of range; the message names it
   * @throws IOException if the store cannot be opened
   */
  public ModelStore create(String name, Map<String, ?> config, InstantSource clock)
      throws IOException {
    ModelStoreProvider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "model store '" + name + "' is unknown; known are " + String.join(", ", names()));
    }
    return provider.create(config, clock);
  }
}
