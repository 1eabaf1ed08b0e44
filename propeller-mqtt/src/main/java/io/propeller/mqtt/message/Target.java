package io.propeller.mqtt.message;

/** Whom a message to the workers of a channel is for. */
public sealed interface Target {

  /**
   * One worker.
   *
   * @param id the worker
   */
  record One(PropletId id) implements Target {}

  /** All workers of the channel. */
  record All() implements Target {}

  /** Returns one worker. */
  static Target proplet(PropletId id) {
    return new One(id);
  }

  /** Returns all workers of the channel. */
  static Target broadcast() {
    return new All();
  }

  /** Returns whether the worker is meant. */
  default boolean includes(PropletId worker) {
    return this instanceof All || (this instanceof One one && one.id().equals(worker));
  }
}
