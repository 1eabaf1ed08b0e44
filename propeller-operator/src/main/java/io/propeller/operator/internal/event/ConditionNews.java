package io.propeller.operator.internal.event;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what the conditions of a resource say that they did not say before. */
public final class ConditionNews {

  private static final String ACCEPTED = "Accepted";
  private static final String COMPLETED = "Completed";

  private ConditionNews() {}

  /**
   * Returns what a change of the conditions tells those who look after a resource, if anything: of
   * those that have another reason now the one named {@code Completed}, or the first. That a new
   * resource is accepted is nothing to speak of.
   *
   * @param failed whether the resource has failed for good
   */
  public static Optional<Happening> between(
      List<Condition> before, List<Condition> after, boolean failed) {
    return Stream.concat(
            after.stream().filter(ConditionNews::isOfEnd),
            after.stream().filter(one -> !isOfEnd(one)))
        .filter(one -> isNews(one, before))
        .findFirst()
        .map(one -> happening(one, failed));
  }

  private static boolean isNews(Condition condition, List<Condition> before) {
    Optional<String> was =
        before.stream()
            .filter(one -> one.getType().equals(condition.getType()))
            .map(Condition::getReason)
            .findFirst();
    boolean expected = was.isEmpty() && condition.getType().equals(ACCEPTED) && isTrue(condition);
    return !expected && !condition.getReason().equals(was.orElse(""));
  }

  private static Happening happening(Condition condition, boolean failed) {
    boolean goesOn = isOfEnd(condition) && !failed;
    return isTrue(condition) || goesOn
        ? Happening.normal(condition.getReason(), condition.getMessage())
        : Happening.warning(condition.getReason(), condition.getMessage());
  }

  private static boolean isOfEnd(Condition condition) {
    return condition.getType().equals(COMPLETED);
  }

  private static boolean isTrue(Condition condition) {
    return "True".equals(condition.getStatus());
  }
}
