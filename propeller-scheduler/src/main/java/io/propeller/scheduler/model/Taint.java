package io.propeller.scheduler.model;

/**
 * Keeps tasks that do not tolerate it off a worker.
 *
 * <p>To placing, both effects are the same. That a task which already runs has to leave a worker
 * with a new {@link Effect#NO_EXECUTE} taint is for the embedder to act on; {@link
 * TaskRequest#tolerates(Taint)} tells whether it has to.
 *
 * @param key the taint's name, not blank
 * @param value what it is about, may be empty
 * @param effect what it does
 */
public record Taint(String key, String value, Effect effect) {

  /** What a taint does to a task that does not tolerate it. */
  public enum Effect {
    /** Not placed on the worker. */
    NO_SCHEDULE,
    /** Not placed on the worker, nor left there. */
    NO_EXECUTE
  }

  /**
   * @throws IllegalArgumentException if the key is blank
   */
  public Taint {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a taint's key must not be blank");
    }
  }

  @Override
  public String toString() {
    return value.isEmpty() ? key : key + "=" + value;
  }
}
