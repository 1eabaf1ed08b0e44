package io.propeller.mqtt.message;

import org.immutables.value.Value;

/** Asks for the chunks of a module. */
@Value.Immutable
@Values
public non-sealed interface FetchRequest extends StateMessage {

  /**
   * Returns the module's name: the image reference of the Start that the worker cannot run without
   * it.
   */
  @Value.Parameter
  String appName();

  /** Refuses an empty name. */
  @Value.Check
  default void check() {
    Names.check("appName", appName());
  }

  /** Returns a request for this module. */
  static FetchRequest of(String appName) {
    return ImmutableFetchRequest.of(appName);
  }
}
