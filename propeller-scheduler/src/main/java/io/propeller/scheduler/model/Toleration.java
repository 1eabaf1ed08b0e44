package io.propeller.scheduler.model;

import java.util.Optional;

/**
 * Lets a task run in spite of taints; it matches as a Kubernetes toleration does.
 *
 * @param key the taint's key; empty, with {@link Operator#EXISTS}, for all taints
 * @param operator whether the value counts
 * @param value the taint's value, for {@link Operator#EQUAL}
 * @param effect the taint's effect; absent for any
 */
public record Toleration(
    String key, Operator operator, String value, Optional<Taint.Effect> effect) {

  /** How a toleration's value is compared. */
  public enum Operator {
    /** The values must be equal. */
    EQUAL,
    /** Any value will do. */
    EXISTS
  }

  /**
   * @throws IllegalArgumentException if the key is empty and the operator is not {@link
   *     Operator#EXISTS}
   */
  public Toleration {
    if (key.isEmpty() && operator != Operator.EXISTS) {
      throw new IllegalArgumentException(
          "a toleration without a key needs the operator Exists, not " + operator);
    }
  }

  /** Returns a toleration of the key's taints, whatever their value and effect. */
  public static Toleration exists(String key) {
    return new Toleration(key, Operator.EXISTS, "", Optional.empty());
  }

  /** Returns a toleration of the key's taints of this value, whatever their effect. */
  public static Toleration equal(String key, String value) {
    return new Toleration(key, Operator.EQUAL, value, Optional.empty());
  }

  /** Tells whether a task with this toleration may run in spite of the taint. */
  public boolean tolerates(Taint taint) {
    return (key.isEmpty() || key.equals(taint.key()))
        && (operator == Operator.EXISTS || value.equals(taint.value()))
        && effect.map(e -> e == taint.effect()).orElse(true);
  }
}
