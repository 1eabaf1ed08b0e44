package io.propeller.operator.internal.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions as {@code metav1.Condition} wants them: the time moves only with the status. */
public final class Conditions {

  /** The most characters of a message; an error of a worker may be longer. */
  private static final int MAX_MESSAGE = 1_024;

  private Conditions() {}

  /** Returns the conditions with one of them set. */
  public static List<Condition> with(
      List<Condition> conditions,
      String type,
      @Nullable Boolean status,
      String reason,
      String message,
      @Nullable Long generation,
      Instant now) {
    String value = status == null ? "Unknown" : status ? "True" : "False";
    List<Condition> result = new ArrayList<>(conditions);
    Condition before =
        conditions.stream().filter(c -> type.equals(c.getType())).findFirst().orElse(null);
    Instant since = now.truncatedTo(ChronoUnit.SECONDS);
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
                    : since.toString())
            .build();
    if (before == null) {
      result.add(after);
    } else {
      result.set(result.indexOf(before), after);
    }
    return result;
  }

  private static String shorten(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
