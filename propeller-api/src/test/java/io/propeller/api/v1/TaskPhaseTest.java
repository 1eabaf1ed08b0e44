package io.propeller.api.v1;

import static io.propeller.api.v1.TaskPhase.COMPLETED;
import static io.propeller.api.v1.TaskPhase.FAILED;
import static io.propeller.api.v1.TaskPhase.INTERRUPTED;
import static io.propeller.api.v1.TaskPhase.PENDING;
import static io.propeller.api.v1.TaskPhase.RUNNING;
import static io.propeller.api.v1.TaskPhase.SCHEDULED;
import static io.propeller.api.v1.TaskPhase.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskPhaseTest {

  private static final Map<TaskPhase, Set<TaskPhase>> TABLE =
      Map.of(
          PENDING, Set.of(SCHEDULED, RUNNING, COMPLETED, FAILED, SKIPPED),
          SCHEDULED, Set.of(RUNNING, COMPLETED, FAILED, SKIPPED, PENDING),
          RUNNING, Set.of(COMPLETED, FAILED, INTERRUPTED),
          COMPLETED, Set.of(PENDING),
          FAILED, Set.of(PENDING),
          INTERRUPTED, Set.of(PENDING),
          SKIPPED, Set.of());

  static List<Arguments> everyCell() {
    List<Arguments> cells = new ArrayList<>();
    for (TaskPhase from : TaskPhase.values()) {
      for (TaskPhase to : TaskPhase.values()) {
        cells.add(Arguments.of(from, to, TABLE.get(from).contains(to)));
      }
    }
    return cells;
  }

  @ParameterizedTest(name = "{0} may become {1}: {2}")
  @MethodSource("everyCell")
  void everyCellOfTheTableHolds(TaskPhase from, TaskPhase to, boolean legal) {
    assertThat(from.canBecome(to)).isEqualTo(legal);
  }

  @Property(tries = 200)
  void noSequenceOfMovesLeavesTheTable(@ForAll List<TaskPhase> wishes) {
    TaskPhase present = PENDING;
    for (TaskPhase wish : wishes) {
      if (present.canBecome(wish)) {
        assertThat(TABLE.get(present)).contains(wish);
        present = wish;
      }
    }
    if (wishes.contains(SKIPPED) && present == SKIPPED) {
      assertThat(TaskPhase.values()).noneMatch(SKIPPED::canBecome);
    }
  }
}
