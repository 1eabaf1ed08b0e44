package io.propeller.operator.internal.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a resource while they are set, as {@code metav1.Condition} wants them: the time
 * moves only with the status. Not safe for use by several threads.
 */
public final class Conditions {

  /** The most characters of a message; an error of a worker may be longer. */
  private static final int MAX_MESSAGE = 1_024;

  private final List<Condition> all;
  private final @Nullable Long generation;
  private final Instant now;

  private Conditions(List<Condition> all, @Nullable Long generation, Instant now) {
    this.all = all;
    this.generation = generation;
    this.now = now;
  }

  /**
   * Begins with the conditions that there are.
   *
   * @param resource what they are about
   * @param now the time of those that change
   */
  public static Conditions of(HasMetadata resource, List<Condition> present, Instant now) {
    return new Conditions(new ArrayList<>(present), resource.getMetadata().getGeneration(), now);
  }

  /**
   * Sets one of them.
   *
   * @param status null for unknown
   */
  public Conditions set(String type, @Nullable Boolean status, String reason, String message) {
    String value = status == null ? "Unknown" : status ? "True" : "False";
    Condition before =
        all.stream().filter(one -> type.equals(one.getType())).findFirst().orElse(null);
    Condition after =
        new ConditionBuilder()
            .withType(type)
            .withStatus(value)
            .withReason(reason)
            .withMessage(shorten(message))
            .withObservedGeneration(generation)
            .withLastTransitionTime(
                before != null && value.equals(before.getStatus())
                    ? before.getLastTransitionTime()
                    : now.truncatedTo(ChronoUnit.SECONDS).toString())
            .build();
    if (before == null) {
      all.add(after);
    } else {
      all.set(all.indexOf(before), after);
    }
    return this;
  }

  /** Returns all of them. */
  public List<Condition> list() {
    return List.copyOf(all);
  }

  private static String shorten(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
