package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.fl.store.InMemoryModelStore;
import io.propeller.scheduler.model.WorkerId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LargeResultsTest {

  private static final String LARGE = "x".repeat((256 << 10) - 1);
  private static final String FITS = "x".repeat((256 << 10) - 2);

  private final LargeResults stored =
      new LargeResults(Optional.of(new InMemoryModelStore(InstantSource.system())));

  @Test
  void a_result_is_kept_in_the_status_up_to_256_kib_and_beyond_in_the_store() {
    Task inline = stored.shelved(done(FITS));
    assertThat(inline.getStatus().getResults().textValue()).isEqualTo(FITS);
    assertThat(inline.getStatus().getResultRef()).isNull();

    Task shelved = stored.shelved(done(LARGE));
    assertThat(shelved.getStatus().getResults()).isNull();
    assertThat(shelved.getStatus().getResultRef()).startsWith("sha256:");
    assertThat(stored.text(shelved.getStatus())).contains(LARGE);
  }

  @Test
  void without_a_store_a_result_that_is_too_large_fails_and_says_what_would_help() {
    LargeResults none = new LargeResults(Optional.empty());

    assertThat(none.checked(outcome(FITS)).error()).isEmpty();
    assertThat(none.checked(outcome(LARGE)).error())
        .contains(
            "the result has 262145 bytes, more than the 262144 that a status holds, and the"
                + " operator has no store for it: see its option --model-store");
  }

  @Test
  void the_answers_to_a_broadcast_have_a_share_each_and_what_is_more_is_in_the_store() {
    WorkerId small = WorkerId.of("small");
    WorkerId large = WorkerId.of("large");
    WorkerId failed = WorkerId.of("failed");
    Map<WorkerId, TaskOutcome> answers =
        Map.of(
            small, outcome("42"),
            large, outcome("x".repeat(3_000)),
            failed, TaskOutcome.failed("e".repeat(3_000)));

    Map<WorkerId, TaskOutcome> shared = stored.shared(answers, 100);

    assertThat(shared.get(small)).isEqualTo(answers.get(small));
    assertThat(shared.get(large).results().orElseThrow().get("resultRef").textValue())
        .startsWith("sha256:");
    assertThat(shared.get(failed).error().orElseThrow()).hasSize(2_621).endsWith("e…");
    assertThat(new LargeResults(Optional.empty()).shared(answers, 100).get(large).error())
        .contains(
            "the result has 3002 bytes, more than the 2621 that a status has for each proplet, and"
                + " the operator has no store for it: see its option --model-store");
  }

  @Test
  void json_is_handed_on_as_text() {
    Task task = done("");
    task.getStatus().setResults(JsonNodeFactory.instance.objectNode().put("sum", 6));

    assertThat(stored.text(task.getStatus())).contains("{\"sum\":6}");
  }

  private static TaskOutcome outcome(String text) {
    return new TaskOutcome(Optional.of(TextNode.valueOf(text)), Optional.empty());
  }

  private static Task done(String text) {
    return new TaskBuilder()
        .withNewMetadata()
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withResults(TextNode.valueOf(text))
        .endStatus()
        .build();
  }
}
