package io.propeller.operator.internal.health;

import io.propeller.operator.internal.event.Happening;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says that the operator is not ready, and why: once of each reason, and only of one that several
 * looks find. Then says that it is over.
 */
public final class Complaints {

  /**
   * How many looks have to find the same: what comes and goes, as at a start, is nobody's matter.
   */
  static final int LASTS = 5;

  private final Supplier<List<HealthCheck>> checks;
  private final Consumer<Happening> tell;
  private String seen = "";
  private int times;
  private String told = "";

  /**
   * Makes one that has nothing to say yet.
   *
   * @param checks returns what has to be well at present
   */
  public Complaints(Supplier<List<HealthCheck>> checks, Consumer<Happening> tell) {
    this.checks = checks;
    this.tell = tell;
  }

  /** Looks again. To be called from time to time, by one thread at a time. */
  public void look() {
    StringBuilder problems = new StringBuilder();
    for (HealthCheck check : checks.get()) {
      Optional<String> problem = check.problem().get();
      problem.ifPresent(
          what ->
              problems
                  .append(problems.isEmpty() ? "" : "; ")
                  .append(check.name())
                  .append(": ")
                  .append(what));
    }
    String now = problems.toString();
    times = now.equals(seen) ? times + 1 : 1;
    seen = now;
    if (times >= LASTS && !now.equals(told)) {
      told = now;
      tell.accept(
          now.isEmpty()
              ? Happening.normal("Ready", "can do its part again")
              : Happening.warning("NotReady", now));
    }
  }
}
