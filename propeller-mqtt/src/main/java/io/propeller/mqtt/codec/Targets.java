package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Target;
import org.jspecify.annotations.Nullable;

/** Tells whom a message is for. */
final class Targets {

  private Targets() {}

  /**
   * Returns the target; a message that names none is for every worker, since every worker acts on
   * it.
   */
  static Target of(boolean broadcast, @Nullable PropletId propletId) {
    return broadcast || propletId == null ? Target.broadcast() : Target.proplet(propletId);
  }
}
