package io.propeller.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** The phases of a Task have a test of their own. */
class PhasesTest {

  @Test
  void aPropletGoesOfflineAndComesBack() {
    assertThat(moves(PropletPhase.values(), PropletPhase::canBecome))
        .containsExactlyInAnyOrder(
            "INITIALIZING RUNNING", "INITIALIZING OFFLINE", "RUNNING OFFLINE", "OFFLINE RUNNING");
  }

  @Test
  void aJobThatIsOverStaysSo() {
    assertThat(moves(JobPhase.values(), JobPhase::canBecome))
        .containsExactlyInAnyOrder(
            "PENDING RUNNING",
            "PENDING COMPLETED",
            "PENDING FAILED",
            "RUNNING COMPLETED",
            "RUNNING FAILED");
    assertThat(JobPhase.values())
        .filteredOn(JobPhase::isTerminal)
        .containsExactly(JobPhase.COMPLETED, JobPhase.FAILED);
  }

  @Test
  void aRoundIsAggregatedBeforeItCompletes() {
    assertThat(moves(TrainingRoundPhase.values(), TrainingRoundPhase::canBecome))
        .containsExactlyInAnyOrder(
            "PENDING RUNNING",
            "PENDING FAILED",
            "RUNNING AGGREGATING",
            "RUNNING FAILED",
            "AGGREGATING COMPLETED",
            "AGGREGATING FAILED");
  }

  private static <P extends Enum<P>> Set<String> moves(P[] phases, BiPredicate<P, P> legal) {
    List<String> moves = new ArrayList<>();
    for (P from : phases) {
      for (P to : phases) {
        if (legal.test(from, to)) {
          moves.add(from + " " + to);
        }
      }
    }
    return Set.copyOf(moves);
  }
}
