package io.propeller.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobBuilder;
import io.propeller.api.v1.FederatedJobSpecBuilder;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.Participant;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelFile;
import io.propeller.fl.store.FileModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.Update;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;

/** An operator with a model store, and workers that train as the test says. */
abstract class FederatedRig extends OperatorRig {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path store;

  @Override
  OperatorOptions.Builder options() {
    OperatorOptions.Builder options = super.options();
    options.modelStore(store);
    return options;
  }

  /** Creates a job of one round with these participants, all of which it needs. */
  FederatedJob job(String name, List<String> participants, Consumer<FederatedJobSpecBuilder> edit) {
    FederatedJob job =
        new FederatedJobBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withTaskFile(TestBed.ADD)
            .withParticipants(participants.stream().map(FederatedRig::participant).toList())
            .withRequiredUpdates(participants.size())
            .withTimeoutSeconds(60)
            .withNewRounds()
            .withTotal(1)
            .endRounds()
            .endSpec()
            .build();
    FederatedJobSpecBuilder spec = new FederatedJobSpecBuilder(job.getSpec());
    edit.accept(spec);
    job.setSpec(spec.build());
    return client.resource(job).create();
  }

  static Participant participant(String proplet) {
    Participant participant = new Participant();
    participant.setPropletId(proplet);
    return participant;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the update of a worker as it says it in its Result. */
  Update update(Start start, ScriptedProplet worker, String payload, long samples) {
    return Update.builder()
        .taskId(start.id())
        .jobId(start.env().get("FL_JOB_ID"))
        .roundId(RoundId.of(start.env().get("ROUND_ID")))
        .propletId(worker.id())
        .numSamples(samples)
        .payload(Bytes.wrap(payload.getBytes(StandardCharsets.UTF_8)))
        .format("json-f64")
        .build();
  }

  void train(Start start, ScriptedProplet worker, String payload, long samples) {
    returns(start, update(start, worker, payload, samples), worker);
  }

  void returns(Start start, Update update, ScriptedProplet worker) {
    worker.publish(
        Result.builder().taskId(start.id()).output(new TaskOutput.Federated(update)).build());
  }

  FederatedJob awaitJob(String name, Predicate<FederatedJob> condition) {
    return await(
        client.resources(FederatedJob.class).withName(name),
        job -> job.getStatus() != null && condition.test(job));
  }

  FederatedJob awaitJob(String name, JobPhase phase) {
    return awaitJob(name, job -> job.getStatus().getPhase() == phase);
  }

  TrainingRound awaitRound(String name, Predicate<TrainingRound> condition) {
    return await(
        client.resources(TrainingRound.class).withName(name),
        round -> round.getStatus() != null && condition.test(round));
  }

  TrainingRound awaitRound(String name, TrainingRoundPhase phase) {
    return awaitRound(name, round -> round.getStatus().getPhase() == phase);
  }

  static Condition condition(List<Condition> conditions, String type) {
    return conditions.stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseGet(() -> new Condition("", "", null, "", "", type));
  }

  /** Returns the version of a job's model. */
  ModelVersion version(FederatedJob job, int number) throws IOException {
    return FileModelStore.open(store, InstantSource.system())
        .versions(StoreName.of(client.getNamespace(), job.getMetadata().getUid()))
        .stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow();
  }

  Model model(FederatedJob job, int number) throws IOException {
    return ModelFile.open(
            FileModelStore.open(store, InstantSource.system()).open(version(job, number).content()))
        .toModel();
  }
}
