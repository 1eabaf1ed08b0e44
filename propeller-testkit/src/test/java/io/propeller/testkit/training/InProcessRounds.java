package io.propeller.testkit.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.propeller.fl.Admission;
import io.propeller.fl.MessageOrigin;
import io.propeller.fl.RoundCoordinator;
import io.propeller.fl.RoundPlan;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelFile;
import io.propeller.fl.model.ModelJson;
import io.propeller.fl.round.RoundSpec;
import io.propeller.fl.store.InMemoryModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.RoundId;
import io.propeller.testkit.wasm.SampleModule;
import io.propeller.testkit.wasm.WasmCall;
import io.propeller.testkit.wasm.WasmLimits;
import io.propeller.testkit.wasm.WasmOutcome;
import io.propeller.testkit.wasm.WasmSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rounds of federated learning without a network: the module, and what aggregates. */
final class InProcessRounds {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final WasmSandbox SANDBOX = new WasmSandbox(WasmLimits.DEFAULT);
  private static final StoreName MODEL = StoreName.of("models", "job");

  private final TrainingTask task;
  private final String algorithm;
  private final InMemoryModelStore store = new InMemoryModelStore(CLOCK);
  private final List<ParticipantId> workers;
  private final String hyperparams;

  private InProcessRounds(TrainingTask task, String algorithm) throws IOException {
    this.task = task;
    this.algorithm = algorithm;
    this.workers =
        IntStream.range(0, task.shards()).mapToObj(i -> ParticipantId.of("device-" + i)).toList();
    this.hyperparams = new ObjectMapper().writeValueAsString(task.hyperparams());
  }

  /** Returns the model after each round. */
  static List<LinearModel> run(TrainingTask task, String algorithm, int rounds) throws IOException {
    InProcessRounds process = new InProcessRounds(task, algorithm);
    List<LinearModel> models = new ArrayList<>();
    Optional<ModelVersion> version = Optional.empty();
    for (int number = 1; number <= rounds; number++) {
      version = Optional.of(process.round(number, version));
      models.add(LinearModel.of(process.model(version.get())));
    }
    return models;
  }

  private ModelVersion round(int number, Optional<ModelVersion> base) throws IOException {
    RoundPlan plan =
        RoundPlan.builder()
            .round(StoreName.of("rounds", "round-" + number))
            .model(MODEL)
            .algorithmName(algorithm)
            .algorithm(AggregationAlgorithms.load().create(algorithm, Map.of()))
            .base(base)
            .build();
    RoundSpec spec =
        RoundSpec.of(
            RoundId.of(number), workers, task.shards(), CLOCK.instant(), Duration.ofMinutes(1));
    RoundCoordinator round = RoundCoordinator.open(plan, spec, store, CLOCK);
    for (ParticipantId worker : workers) {
      Admission admission = round.offer(train(worker, number, base), MessageOrigin.of(worker));
      if (admission instanceof Admission.Refused refused) {
        throw new AssertionError(refused.refusal());
      }
    }
    return round.aggregate().orElseThrow();
  }

  private byte[] train(ParticipantId worker, int number, Optional<ModelVersion> base)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PROPLET_ID", worker.value());
    environment.put("ROUND_ID", "round-" + number);
    environment.put("HYPERPARAMS", hyperparams);
    if (base.isPresent()) {
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      ModelJson.write(model(base.get()), json);
      environment.put("MODEL_DATA", json.toString(StandardCharsets.UTF_8));
    }
    WasmOutcome outcome =
        SANDBOX.run(
            new WasmCall(SampleModule.TRAIN.bytes(), "_start", List.of(), List.of(), environment));
    if (outcome instanceof WasmOutcome.Completed completed) {
      return completed.output().getBytes(StandardCharsets.UTF_8);
    }
    throw new AssertionError(outcome);
  }

  private Model model(ModelVersion version) throws IOException {
    return ModelFile.open(store.open(version.content())).toModel();
  }
}
