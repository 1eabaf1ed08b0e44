package io.propeller.mqtt.message;

import java.time.Duration;
import java.time.Instant;

/** When a worker says that it measured. */
public sealed interface Timestamp {

  /**
   * A point in time by the worker's clock, which may be wrong.
   *
   * @param instant the time
   */
  record At(Instant instant) implements Timestamp {}

  /**
   * A time since the worker started, from one that has no clock.
   *
   * @param uptime the time since the start, to the millisecond
   */
  record Uptime(Duration uptime) implements Timestamp {}
}
