package io.propeller.mqtt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.MonitoringProfile;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.mqtt.topic.Subtopic;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartCodecTest extends CodecContract<Start> {

  @Override
  Subtopic<Start> kind() {
    return Subtopic.START;
  }

  @Override
  String minimalJson() {
    return """
    {"id":"t1","name":"add","image_url":"registry.example.com/add:v1","proplet_id":"p1"}\
    """;
  }

  @Override
  Start minimal() {
    return Start.builder()
        .id(TaskId.of("t1"))
        .name("add")
        .module(WasmModule.image("registry.example.com/add:v1"))
        .target(Target.proplet(PropletId.of("p1")))
        .build();
  }

  @Override
  String fullJson() {
    return """
    {"id":"t1","name":"add","state":1,"kind":"federated","file":"",
    "image_url":"registry.example.com/add:v1","inputs":["1","-2"],"cli_args":["--x"],
    "env":{"PROPLET_ID":"p1","TASK_ID":"t1"},"daemon":true,"encrypted":true,"latent":true,
    "broadcast":false,"proplet_id":"p1","mode":"train","kbs_resource_path":"default/key/1",
    "hal_storage_path":"/data","priority":7,"metadata":{"team":"a","n":[1,2]},
    "monitoring_profile":{"enabled":true,"interval":5,"collect_cpu":true,
    "collect_memory":true,"collect_disk_io":false,"collect_threads":false,
    "collect_file_descriptors":false,"export_to_mqtt":true,"retain_history":true,
    "history_size":50}}\
    """;
  }

  @Override
  Start full() {
    return Start.builder()
        .from(minimal())
        .kind(Start.Kind.FEDERATED)
        .addInputs("1", "-2")
        .addCliArgs("--x")
        .putEnv("PROPLET_ID", "p1")
        .putEnv("TASK_ID", "t1")
        .daemon(true)
        .encrypted(true)
        .latent(true)
        .mode(Start.Mode.TRAIN)
        .kbsResourcePath("default/key/1")
        .halStoragePath("/data")
        .priority(7)
        .metadata(Json.parse("{\"team\":\"a\",\"n\":[1,2]}"))
        .monitoringProfile(
            MonitoringProfile.builder()
                .interval(Duration.ofSeconds(5))
                .collectDiskIo(false)
                .collectThreads(false)
                .collectFileDescriptors(false)
                .historySize(50)
                .build())
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{\"name\":\"n\",\"image_url\":\"i\"}", "id",
        "{\"id\":\"t\",\"image_url\":\"i\"}", "name",
        "{\"id\":\"t\",\"name\":\"n\"}", "image_url",
        "{\"id\":\"t\",\"name\":\"\",\"image_url\":\"i\"}", "",
        "{\"id\":\"t\",\"name\":\"n\",\"image_url\":\"i\",\"state\":256}", "state",
        "{\"id\":\"t\",\"name\":\"n\",\"image_url\":\"i\",\"daemon\":1}", "daemon",
        "{\"id\":\"t\",\"name\":\"n\",\"file\":\"AA==\",\"encrypted\":true}", "",
        "{\"id\":\"t\",\"name\":\"n\",\"image_url\":\"i\",\"metadata\":[]}", "metadata",
        "{\"id\":\"t\",\"name\":\"n\",\"image_url\":\"i\",\"monitoring_profile\":{\"interval\":0}}",
            "monitoring_profile.interval");
  }

  @Test
  void aStartWithoutTargetCannotBeBuilt() {
    assertThatThrownBy(
            () ->
                Start.builder().id(TaskId.of("t")).name("n").module(WasmModule.image("i")).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("target");
  }

  @Test
  void aStartThatAWorkerWouldDropCannotBeBuilt() {
    Bytes module = Bytes.copyOf(new byte[] {0});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Start.builder().from(minimal()).name("").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Start.builder().from(minimal()).state(256).build());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Start.builder()
                    .from(minimal())
                    .module(WasmModule.inline(module))
                    .encrypted(true)
                    .build());
    assertThatIllegalArgumentException().isThrownBy(() -> WasmModule.inline(Bytes.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModule.inline(Bytes.wrap(new byte[WasmModule.MAX_INLINE_BYTES + 1])));
    assertThatIllegalArgumentException().isThrownBy(() -> WasmModule.image(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MonitoringProfile.builder().interval(Duration.ofMillis(1500)).build());
  }

  @Test
  void aStartThatNamesNobodyIsForEverybody() throws DecodeException {
    assertThat(decode("{\"id\":\"t\",\"name\":\"n\",\"image_url\":\"i\"}").target())
        .isEqualTo(Target.broadcast());
    assertThat(
            decode("{\"id\":\"t\",\"name\":\"n\",\"image_url\":\"i\",\"proplet_id\":null}")
                .target())
        .isEqualTo(Target.broadcast());
  }

  @Test
  void aBroadcastNamesNobody() {
    String json = written(Start.builder().from(minimal()).target(Target.broadcast()).build());

    assertThat(json).contains("\"broadcast\":true").doesNotContain("proplet_id");
  }

  @Test
  void takesTheFileOverTheImage() throws DecodeException {
    assertThat(
            decode("{\"id\":\"t\",\"name\":\"n\",\"file\":\"AA==\",\"image_url\":\"i\"}").module())
        .isEqualTo(WasmModule.inline(Bytes.copyOf(new byte[] {0})));
  }

  @Test
  void writesTheLargestModulePaddedAndOnOneLine() throws DecodeException {
    byte[] module = new byte[WasmModule.MAX_INLINE_BYTES];
    module[module.length - 1] = 1;
    Start start =
        Start.builder().from(minimal()).module(WasmModule.inline(Bytes.wrap(module))).build();

    byte[] json = Codec.encode(start, Dialect.WASMTIME);

    assertThat(json.length).isLessThan(10 << 20);
    assertThat(new String(json, UTF_8)).doesNotContain("\\n");
    assertThat(new Codec(Limits.WORKER).decode(Subtopic.START, json)).isEqualTo(start);
  }

  @Test
  void refusesToWriteMoreThanAPacket() {
    Start start = Start.builder().from(minimal()).putEnv("A", "x".repeat(10 << 20)).build();

    assertThatThrownBy(() -> Codec.encode(start, Dialect.WASMTIME))
        .isInstanceOf(EncodeException.class)
        .hasMessageContaining("10477568 at most");
  }

  @Test
  void refusesAFederatedTaskThatWouldSayNothing() {
    Start start = Start.builder().from(minimal()).putEnv("ROUND_ID", "").build();
    Start slash =
        Start.builder().from(start).putEnv("MANAGER_COORDINATOR_URL", "http://x/").build();
    Start complete =
        Start.builder().from(start).putEnv("MANAGER_COORDINATOR_URL", "http://x").build();
    Start model = Start.builder().from(complete).putEnv("MODEL_URI", "m_v1").build();

    assertThatThrownBy(() -> Codec.encode(start, Dialect.WASMTIME))
        .hasMessageContaining("env.MANAGER_COORDINATOR_URL");
    assertThatThrownBy(() -> Codec.encode(slash, Dialect.WASMTIME))
        .hasMessageContaining("without a slash");
    assertThatThrownBy(() -> Codec.encode(model, Dialect.WASMTIME))
        .hasMessageContaining("env.MODEL_REGISTRY_URL");
    assertThat(written(complete)).contains("\"ROUND_ID\":\"\"");
  }

  @Test
  void writesNumbersForAnEmbeddedWorker() {
    Start start = Start.builder().from(minimal()).addInputs("10", "-2.5").build();

    assertThat(new String(Codec.encode(start, Dialect.WAMR), UTF_8))
        .isEqualTo(
            "{\"id\":\"t1\",\"name\":\"add\",\"state\":1,"
                + "\"image_url\":\"registry.example.com/add:v1\",\"inputs\":[10,-2.5],"
                + "\"broadcast\":false,\"proplet_id\":\"p1\"}");
  }

  @Test
  void refusesWhatAnEmbeddedWorkerCannotRead() {
    Start text = Start.builder().from(minimal()).addInputs("ten").build();
    Start large = Start.builder().from(minimal()).putEnv("A", "x".repeat(1000)).build();
    Start latent = Start.builder().from(minimal()).latent(true).build();

    assertThatThrownBy(() -> Codec.encode(latent, Dialect.WAMR))
        .isInstanceOf(EncodeException.class)
        .hasMessageContaining("latent must be false");
    assertThatThrownBy(() -> Codec.encode(text, Dialect.WAMR))
        .isInstanceOf(EncodeException.class)
        .hasMessageContaining("inputs[0]");
    assertThatThrownBy(() -> Codec.encode(large, Dialect.WAMR))
        .isInstanceOf(EncodeException.class)
        .hasMessageContaining("1023 at most");
  }

  private static String written(Start start) {
    return new String(Codec.encode(start, Dialect.WASMTIME), UTF_8);
  }
}
