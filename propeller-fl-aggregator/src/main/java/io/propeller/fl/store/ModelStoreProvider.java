package io.propeller.fl.store;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/**
 * Makes the stores of one kind.
 *
 * <p>Register an implementation for {@link java.util.ServiceLoader} in {@code
 * META-INF/services/io.propeller.fl.store.ModelStoreProvider}. Two with one name are an error at
 * start.
 */
public interface ModelStoreProvider {

  /** Returns the name by which a configuration asks for it; {@code file} is taken. */
  String name();

  /**
   * Opens a store.
   *
   * @param config the provider's own settings, as read from JSON
   * @param clock gives content the time that {@link ModelStore#collect} compares
   * @throws IllegalArgumentException if a setting is missing, unknown or out of range; the message
   *     names it
   * @throws IOException if the store cannot be opened
   */
  ModelStore create(Map<String, ?> config, InstantSource clock) throws IOException;
}
