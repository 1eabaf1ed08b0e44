package io.propeller.testkit.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelJson;
import io.propeller.testkit.wasm.Component;
import io.propeller.testkit.wasm.SampleModule;
import io.propeller.testkit.wasm.WasmCall;
import io.propeller.testkit.wasm.WasmLimits;
import io.propeller.testkit.wasm.WasmOutcome;
import io.propeller.testkit.wasm.WasmSandbox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingModuleTest {

  private static final WasmSandbox SANDBOX = new WasmSandbox(WasmLimits.DEFAULT);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 50)
  void itPrintsTheDigitsThatPlainJavaComputes(
      @ForAll("tasks") TrainingTask task,
      @ForAll("models") String model,
      @ForAll("identities") String identity)
      throws Exception {
    Map<String, String> environment =
        Map.of(
            "MODEL_DATA",
            model,
            "HYPERPARAMS",
            JSON.writeValueAsString(task.hyperparams()),
            "ROUND_ID",
            "round-3",
            "PROPLET_ID",
            identity,
            "MODEL_URI",
            "fl/models/global_model_v3");

    assertThat(train(SampleModule.TRAIN, environment)).isEqualTo(ReferenceModule.run(environment));
  }

  @Provide
  Arbitrary<TrainingTask> tasks() {
    Arbitrary<TrainingTask> harmless =
        Combinators.combine(
                Arbitraries.longs().between(0, 1L << 53),
                Arbitraries.integers().between(1, 20),
                Arbitraries.doubles().between(0, 1).ofScale(3),
                Arbitraries.integers().between(1, 60),
                Arbitraries.integers().between(0, 3),
                Arbitraries.doubles().between(0.001, 2).ofScale(3))
            .as(
                (seed, shards, skew, samples, epochs, rate) ->
                    TrainingTask.DEFAULT
                        .withSeed(seed)
                        .withShards(shards)
                        .withSkew(skew)
                        .withSamples(samples)
                        .withEpochs(epochs)
                        .withLearningRate(rate));
    return harmless.flatMap(
        task ->
            Arbitraries.integers()
                .between(0, task.shards() - 1)
                .map(task::withPoisoned)
                .injectNull(0.5)
                .map(poisoned -> poisoned == null ? task : poisoned));
  }

  @Provide
  Arbitrary<String> models() {
    return Arbitraries.doubles()
        .between(-1e3, 1e3)
        .ofScale(20)
        .list()
        .ofSize(5)
        .map(v -> "{\"b\": %s, \"w\":[%s, %s,%s,%s]}".formatted(v.toArray()))
        .injectNull(0.1)
        .map(model -> model == null ? "" : model);
  }

  @Provide
  Arbitrary<String> identities() {
    return Arbitraries.of("", "device", "device-7", "site-3-device-12", "9a", "7");
  }

  @Test
  void withoutHyperparametersItUsesTheDefaultsAndTheNumberOfSamplesThatTheTaskNames() {
    Map<String, String> environment = Map.of("FL_NUM_SAMPLES", "17");

    String printed = train(SampleModule.TRAIN, environment);

    assertThat(printed).isEqualTo(ReferenceModule.run(environment)).contains("\"num_samples\":17");
  }

  @Test
  void itsHeldToTheGlobalModelByMu() {
    Map<String, String> environment = new HashMap<>();
    environment.put("MODEL_DATA", "{\"w\":[1,1,1,1],\"b\":1}");
    environment.put("HYPERPARAMS", "{ \"mu\" : 5.0 }");
    String held = train(SampleModule.TRAIN, environment);
    String free = train(SampleModule.TRAIN, Map.of("MODEL_DATA", "{\"w\":[1,1,1,1],\"b\":1}"));

    assertThat(held).isEqualTo(ReferenceModule.run(environment));
    assertThat(update(held).w().w3()).isBetween(update(free).w().w3(), 1.0);
  }

  @Property(tries = 20)
  void aModelThatIsPassedAlongIsTakenAsOneThatWasFetched(@ForAll("models") String model) {
    String passed = Base64.getEncoder().encodeToString(model.getBytes(StandardCharsets.UTF_8));
    Map<String, String> environment =
        Map.of("FL_GLOBAL_UPDATE_B64", passed, "HYPERPARAMS", "{\"num_samples\":20}");

    assertThat(train(SampleModule.TRAIN, environment))
        .isEqualTo(ReferenceModule.run(environment))
        .isEqualTo(
            train(
                SampleModule.TRAIN,
                Map.of("MODEL_DATA", model, "HYPERPARAMS", "{\"num_samples\":20}")));
  }

  @Test
  void textIsEscaped() throws Exception {
    String nasty = "a\"b\\c\nd\u0001ü-4";

    JsonNode printed =
        JSON.readTree(train(SampleModule.TRAIN, Map.of("ROUND_ID", nasty, "PROPLET_ID", nasty)));

    assertThat(printed.get("round_id").textValue()).isEqualTo(nasty);
    assertThat(printed.get("proplet_id").textValue()).isEqualTo(nasty);
  }

  @Test
  void itLearns() {
    TrainingData data = TrainingTask.DEFAULT.data();
    Shard test = data.test(10_000);
    List<Double> accuracies = new ArrayList<>(List.of(LinearModel.ZERO.accuracy(test)));
    LinearModel model = LinearModel.ZERO;
    for (int round = 0; round < 8; round++) {
      model = update(train(SampleModule.TRAIN, Map.of("MODEL_DATA", json(model))));
      accuracies.add(model.accuracy(test));
    }

    assertThat(accuracies.get(0)).isCloseTo(0.5, within(0.02));
    assertThat(accuracies.get(1)).isGreaterThan(0.7);
    assertThat(accuracies.get(8))
        .isGreaterThan(accuracies.get(1) + 0.02)
        .isCloseTo(LinearModel.fit(data.shard(0)).accuracy(test), within(0.02));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"w\":[1,2,3],\"b\":0}",
        "{\"w\":[1,2,3,4,5],\"b\":0}",
        "{\"w\":[1,2,3,null],\"b\":0}",
        "{\"w\":{},\"b\":0}",
        "{\"w\":[1e300,1e300,1e300,1e300],\"b\":0}"
      })
  void aModelThatIsNotOfItsShapeTraps(String model) {
    WasmOutcome outcome = SANDBOX.run(call(SampleModule.TRAIN, Map.of("MODEL_DATA", model)));

    assertThat(outcome).isInstanceOf(WasmOutcome.Failed.class);
  }

  @Test
  void theComponentHoldsTheModuleAndRunsAsIt() {
    Map<String, String> environment = Map.of("PROPLET_ID", "device-2");

    assertThat(Component.command(SampleModule.TRAIN_COMPONENT.bytes()))
        .isEqualTo(SampleModule.TRAIN.bytes());
    assertThat(train(SampleModule.TRAIN_COMPONENT, environment))
        .isEqualTo(train(SampleModule.TRAIN, environment));
  }

  private static String train(SampleModule module, Map<String, String> environment) {
    WasmOutcome outcome = SANDBOX.run(call(module, environment));
    assertThat(outcome).isInstanceOf(WasmOutcome.Completed.class);
    return ((WasmOutcome.Completed) outcome).output();
  }

  private static WasmCall call(SampleModule module, Map<String, String> environment) {
    return new WasmCall(module.bytes(), module.function(), List.of(), List.of(), environment);
  }

  private static LinearModel update(String printed) {
    try {
      String update = JSON.readTree(printed).get("update").toString();
      Model model = ModelJson.read(update.getBytes(StandardCharsets.UTF_8));
      return LinearModel.of(model);
    } catch (Exception e) {
      throw new AssertionError(printed, e);
    }
  }

  private static String json(LinearModel model) {
    LinearModel.Weights w = model.w();
    return "{\"w\":[%s,%s,%s,%s],\"b\":%s}".formatted(w.w0(), w.w1(), w.w2(), w.w3(), model.b());
  }
}
