package io.propeller.testkit.proplet;

import static io.propeller.testkit.proplet.Operator.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.ImmutableStart;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.internal.Await;
import io.propeller.testkit.mqtt.EmbeddedBroker;
import io.propeller.testkit.mqtt.WithEmbeddedBroker;
import io.propeller.testkit.wasm.SampleModule;
import io.propeller.testkit.wasm.WasmCall;
import io.propeller.testkit.wasm.WasmLimits;
import io.propeller.testkit.wasm.WasmOutcome;
import io.propeller.testkit.wasm.WasmSandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker does with a task that trains for a round. */
@WithEmbeddedBroker
class FederatedTaskTest {

  private static final String MODEL = "{\"w\":[0.5,-0.5,0.25,0],\"b\":0.125}";

  private CoordinatorServer coordinator;
  private Operator operator;
  private WasmProplet proplet;
  private PropletId id;

  @BeforeEach
  void start(EmbeddedBroker broker) throws Exception {
    coordinator = new CoordinatorServer();
    coordinator.models.put("/models/3", MODEL);
    Channel channel = Channel.of("testkit", UUID.randomUUID().toString());
    operator = new Operator(broker.address(), channel);
    WasmPropletOptions options =
        WasmPropletOptions.of(broker.address(), channel, "device-" + channel.id() + "-4")
            .withThreads(1);
    id = options.id();
    proplet = WasmProplet.start(options);
  }

  @AfterEach
  void end() {
    proplet.close();
    operator.close();
    coordinator.close();
  }

  @Test
  void theModelIsFetchedAndTheUpdateIsPostedAndComesAgainInTheResult() throws Exception {
    Map<String, String> environment = environment();
    environment.put("FL_JOB_ID", "job-1");
    environment.put("FL_GLOBAL_VERSION", "3");
    environment.put("FL_FORMAT", "json-f64");
    environment.put("FL_NUM_SAMPLES", "120");
    operator.send(task(SampleModule.TRAIN).env(environment).build());

    Update update = updateIn(await(operator.results, any -> true));

    assertThat(text(update)).isEqualTo(trained(environment, MODEL));
    assertThat(coordinator.updates).containsExactly("application/json " + text(update));
    assertThat(update)
        .isEqualTo(
            Update.builder()
                .taskId(TaskId.of("train"))
                .jobId("job-1")
                .roundId(RoundId.of("round-3"))
                .globalVersion("3")
                .propletId(id)
                .numSamples(120)
                .payload(update.payload())
                .format("json-f64")
                .build());
    assertThat(operator.updates).isEmpty();
  }

  @Test
  void anUpdateThatTheCoordinatorDoesNotTakeIsPublished() throws Exception {
    coordinator.answer = 503;
    operator.send(task(SampleModule.TRAIN).env(environment()).build());

    Update published = await(operator.updates, any -> true);
    Update again = updateIn(await(operator.results, any -> true));

    assertThat(text(published)).isEqualTo(trained(environment(), MODEL));
    assertThat(published.propletId()).contains(id);
    assertThat(published.format()).contains("f32-delta");
    assertThat(again).isEqualTo(published);
  }

  @Test
  void aCoordinatorThatIsGoneChangesNothingButTheModel() throws Exception {
    Map<String, String> environment = environment();
    coordinator.close();
    operator.send(task(SampleModule.TRAIN).env(environment).build());

    Update published = await(operator.updates, any -> true);

    assertThat(text(published)).isEqualTo(trained(environment, ""));
    assertThat(updateIn(await(operator.results, any -> true))).isEqualTo(published);
  }

  @Test
  void aComponentTrainsAsItsModuleDoes() throws Exception {
    operator.send(task(SampleModule.TRAIN_COMPONENT).env(environment()).build());

    Update update = updateIn(await(operator.results, any -> true));

    assertThat(text(update)).isEqualTo(trained(environment(), MODEL));
  }

  @Test
  void withoutACoordinatorItRunsAndSaysNothing() throws Exception {
    Map<String, String> environment = environment();
    environment.remove("MANAGER_COORDINATOR_URL");
    operator.send(task(SampleModule.TRAIN).env(environment).build());
    operator.send(
        task(SampleModule.ADD).id(TaskId.of("next")).addInputs("1", "2").env(Map.of()).build());

    assertThat(await(operator.results, any -> true).taskId()).isEqualTo(TaskId.of("next"));
    assertThat(operator.updates).isEmpty();
  }

  @Test
  void aTrapIsAnError() throws Exception {
    coordinator.models.put("/models/3", "{\"w\":[1],\"b\":0}");
    operator.send(task(SampleModule.TRAIN).env(environment()).build());

    Result result = await(operator.results, any -> true);

    assertThat(result.error().orElseThrow()).contains("unreachable");
    assertThat(result.output()).isEqualTo(TaskOutput.NOTHING);
    assertThat(coordinator.updates).isEmpty();
  }

  @Test
  void whatIsStoppedSendsAnEnvelopeWithNothingInIt() throws Exception {
    operator.send(task(SampleModule.ENDLESS).env(environment()).build());
    Await.until(Duration.ofSeconds(15), () -> !proplet.tasks().isEmpty(), () -> "the task arrives");
    operator.send(Stop.of(TaskId.of("train")));

    Result result = await(operator.results, any -> true);

    assertThat(result.error()).contains("Task was cancelled or panicked");
    assertThat(updateIn(result).payload().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "fl/models/global_model_v3, http://r/models/3",
    "global_model_v12, http://r/models/12",
    "registry/v7/model, http://r/models/0",
    "'', ''"
  })
  void theVersionIsTheNumberAtTheEndOfTheModelsName(String model, String url) {
    Start start =
        task(SampleModule.TRAIN)
            .env(Map.of("ROUND_ID", "1", "MODEL_URI", model, "MODEL_REGISTRY_URL", "http://r"))
            .build();

    assertThat(FederatedTask.of(start, id).orElseThrow().modelUrl().orElse("")).isEqualTo(url);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("ROUND_ID", "round-3");
    environment.put("PROPLET_ID", id.value());
    environment.put("MODEL_URI", "fl/models/global_model_v3");
    environment.put("HYPERPARAMS", "{\"num_samples\":50}");
    environment.put("MODEL_REGISTRY_URL", coordinator.url());
    environment.put("MANAGER_COORDINATOR_URL", coordinator.url());
    return environment;
  }

  private ImmutableStart.Builder task(SampleModule module) {
    return Start.builder()
        .id(TaskId.of("train"))
        .name(module.function())
        .kind(Start.Kind.FEDERATED)
        .target(Target.proplet(id))
        .module(WasmModule.inline(module.bytes()));
  }

  private static String trained(Map<String, String> environment, String model) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("MODEL_DATA", model);
    WasmOutcome outcome =
        new WasmSandbox(WasmLimits.DEFAULT)
            .run(new WasmCall(SampleModule.TRAIN.bytes(), "_start", List.of(), List.of(), all));
    return ((WasmOutcome.Completed) outcome).output();
  }

  private static Update updateIn(Result result) {
    assertThat(result.output()).isInstanceOf(TaskOutput.Federated.class);
    return ((TaskOutput.Federated) result.output()).update();
  }

  private static String text(Update update) {
    return new String(update.payload().toByteArray(), StandardCharsets.UTF_8);
  }
}
