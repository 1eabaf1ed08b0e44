package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that a status cannot hold. */
class LargeResultIT extends OperatorRig {

  private static final String OVER_HALF = "y".repeat(140_000);

  private static final String LARGE = "x".repeat(300_000);

  @TempDir private Path store;

  @Override
  OperatorOptions.Builder options() {
    OperatorOptions.Builder options = super.options();
    options.modelStore(store);
    return options;
  }

  @Test
  void a_result_over_256_kib_goes_to_the_model_store_and_from_there_to_whoever_depends_on_it()
      throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("large", spec -> spec.withWorkflowId("etl"));
      create("next", spec -> spec.withWorkflowId("etl").withDependsOn("large"));
      edge.answer(edge.nextStart().id(), LARGE);

      Task done = await("large", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults()).isNull();
      String reference = done.getStatus().getResultRef();
      assertThat(reference).startsWith("sha256:");
      assertThat(Files.readString(content(reference))).isEqualTo('"' + LARGE + '"');

      Start next = edge.nextStart();
      assertThat(next.env()).containsEntry("LARGE_RESULT", LARGE);
      edge.answer(next.id(), "42");
      assertThat(await("next", TaskPhase.COMPLETED).getStatus().getResultRef()).isNull();
    }
  }

  @Test
  void a_large_result_of_a_call_goes_to_the_model_store_too() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("latent", spec -> spec.withLatent(true));
      create("large", spec -> spec.withFile(null).withFunctionName(null).withInvokes("latent"));
      edge.answer(edge.nextInvoke(), LARGE);

      Task done = await("large", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults()).isNull();
      assertThat(content(done.getStatus().getResultRef())).hasContent('"' + LARGE + '"');
    }
  }

  @Test
  void the_answers_to_a_broadcast_are_kept_whole_though_a_status_does_not_hold_them_all() {
    try (ScriptedProplet one = proplet("edge-1");
        ScriptedProplet two = proplet("edge-2")) {
      create("all", spec -> spec.withBroadcast(true));
      one.answer(one.nextStart().id(), OVER_HALF);
      await("all", task -> task.getStatus() != null && task.getStatus().getResults() != null);
      two.answer(two.nextStart().id(), OVER_HALF);

      Task done = await("all", TaskPhase.COMPLETED);
      for (String proplet : new String[] {"edge-1", "edge-2"}) {
        String reference = done.getStatus().getResults().get(proplet).get("resultRef").textValue();
        assertThat(content(reference)).hasContent('"' + OVER_HALF + '"');
      }
    }
  }

  private Path content(String reference) {
    String hex = reference.substring("sha256:".length());
    return store.resolve("content").resolve(hex.substring(0, 2)).resolve(hex);
  }
}
