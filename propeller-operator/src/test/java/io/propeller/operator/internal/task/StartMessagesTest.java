package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskMode;
import io.propeller.api.v1.TaskSpec;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartMessagesTest {

  private static final String UID = "b64502f0-25bc-4926-8fbc-ad508f75d96c";
  private static final byte[] CORE = {0, 'a', 's', 'm', 1, 0, 0, 0};
  private static final byte[] COMPONENT = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};

  @Test
  void all_that_a_task_says_reaches_the_worker() {
    Start start =
        start(
            new TaskSpecBuilder()
                .withFunctionName("add")
                .withImageUrl("https://example.com/add.wasm")
                .withInputs("10", "32")
                .withCliArgs("--verbose")
                .withEnv(Map.of("LEVEL", "high"))
                .withEncrypted(true)
                .withMode(TaskMode.INFER)
                .withKbsResourcePath("default/key/add")
                .withHalStoragePath("/data")
                .withPriority(70)
                .withMetadata(JsonNodeFactory.instance.objectNode().put("team", "north"))
                .build());

    assertThat(start.id().value()).isEqualTo(UID + "-2");
    assertThat(start.target()).isEqualTo(Target.proplet(PropletId.of("edge")));
    assertThat(start.name()).isEqualTo("add");
    assertThat(start.module()).isEqualTo(WasmModule.image("https://example.com/add.wasm"));
    assertThat(start.inputs()).isEqualTo(List.of("10", "32"));
    assertThat(start.cliArgs()).isEqualTo(List.of("--verbose"));
    assertThat(start.env())
        .isEqualTo(
            Map.of(
                "LEVEL", "high", "FIRST_RESULT", "1", "PROPLET_ID", "edge", "TASK_ID", UID + "-2"));
    assertThat(start.encrypted()).isTrue();
    assertThat(start.mode()).contains(Start.Mode.INFER);
    assertThat(start.kbsResourcePath()).contains("default/key/add");
    assertThat(start.halStoragePath()).contains("/data");
    assertThat(start.priority()).hasValue(70);
    assertThat(start.metadata().orElseThrow().text()).isEqualTo("{\"team\":\"north\"}");
  }

  @Test
  void the_function_is_the_one_named_or_else_the_work_or_else_the_resource() {
    assertThat(start(inline(CORE).withFunctionName("f").withName("work").build()).name())
        .isEqualTo("f");
    assertThat(start(inline(CORE).withName("work").build()).name()).isEqualTo("work");
    assertThat(start(inline(CORE).build()).name()).isEqualTo("resource");
  }

  @Test
  void a_component_runs_as_a_command_unless_the_task_names_a_function() {
    assertThat(start(inline(COMPONENT).withName("work").build()).name()).isEqualTo("_start");
    assertThat(start(inline(COMPONENT).withFunctionName("f").build()).name()).isEqualTo("f");
  }

  @Test
  void a_module_may_be_written_in_lines() {
    String lines = Base64.getMimeEncoder(4, new byte[] {'\n'}).encodeToString(CORE) + "\n";

    assertThat(start(new TaskSpecBuilder().withFile(lines).build()).module())
        .isEqualTo(start(inline(CORE).build()).module());
  }

  @Test
  void what_cannot_be_told_names_its_field() {
    assertThatThrownBy(() -> start(new TaskSpecBuilder().withFile("?").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spec.file is not base64");
    assertThatThrownBy(
            () ->
                start(
                    inline(CORE)
                        .withNewMonitoringProfile()
                        .withInterval("soon")
                        .endMonitoringProfile()
                        .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spec.monitoringProfile.interval: 'soon' is not a duration");
  }

  private static TaskSpecBuilder inline(byte[] module) {
    return new TaskSpecBuilder().withFile(Base64.getEncoder().encodeToString(module));
  }

  private static Start start(TaskSpec spec) {
    Task task =
        new TaskBuilder()
            .withNewMetadata()
            .withName("resource")
            .endMetadata()
            .withSpec(spec)
            .build();
    return StartMessages.start(
        task,
        new AttemptId(UID, 2),
        Target.proplet(PropletId.of("edge")),
        Map.of("FIRST_RESULT", "1"));
  }
}
