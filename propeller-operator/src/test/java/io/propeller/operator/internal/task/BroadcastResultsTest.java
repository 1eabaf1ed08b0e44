package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.propeller.api.v1.TaskStatus;
import io.propeller.scheduler.model.WorkerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BroadcastResultsTest {

  private static final WorkerId A = WorkerId.of("a");
  private static final WorkerId B = WorkerId.of("b");
  private static final WorkerId C = WorkerId.of("c");

  @Test
  void what_is_recorded_says_who_is_awaited_and_how_many_succeeded() {
    TaskStatus status = new TaskStatus();
    status.setTargets(List.of("a", "b", "c"));
    assertThat(BroadcastResults.open(status)).containsExactly(A, B, C);

    status.setResults(
        BroadcastResults.with(
            status, Map.of(A, succeeded("1"), B, TaskOutcome.failed("trap")), Map.of()));
    assertThat(BroadcastResults.open(status)).containsExactly(C);
    assertThat(BroadcastResults.succeeded(status)).isEqualTo(1);

    status.setResults(BroadcastResults.with(status, Map.of(), Map.of(C, "proplet c went offline")));
    assertThat(BroadcastResults.open(status)).isEmpty();
    assertThat(BroadcastResults.succeeded(status)).isEqualTo(1);
    assertThat(BroadcastResults.summary(status))
        .contains("2 of 3 proplets failed: b: trap; c: proplet c went offline");
  }

  @Test
  void a_proplet_that_returned_nothing_has_answered() {
    TaskStatus status = new TaskStatus();
    status.setTargets(List.of("a"));

    status.setResults(
        BroadcastResults.with(
            status, Map.of(A, new TaskOutcome(Optional.empty(), Optional.empty())), Map.of()));

    assertThat(status.getResults().get("a").textValue()).isEmpty();
    assertThat(BroadcastResults.open(status)).isEmpty();
    assertThat(BroadcastResults.summary(status)).isEmpty();
  }

  private static TaskOutcome succeeded(String text) {
    return new TaskOutcome(Optional.of(TextNode.valueOf(text)), Optional.empty());
  }
}
