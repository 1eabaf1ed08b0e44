package io.propeller.scheduler.lifecycle;

import java.time.Instant;

/** What is known of the worker that an attempt was given to. */
public sealed interface WorkerHealth {

  /** It is there. */
  record Present() implements WorkerHealth {}

  /** It has been away since then; what it runs may go on. */
  record Away(Instant since) implements WorkerHealth {}

  /** It announced itself anew at that time: what it was given before is gone. */
  record Restarted(Instant at) implements WorkerHealth {}

  /** It is there, but has lost what the attempt rests on; the reason says what. */
  record Bereft(String reason) implements WorkerHealth {}

  /** It is no longer part of the fleet. */
  record Removed() implements WorkerHealth {}
}
