package io.propeller.fl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.fl.aggregate.NoiseSeed;
import io.propeller.fl.aggregate.UpdateKind;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelFile;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.PackedValues;
import io.propeller.fl.model.Part;
import io.propeller.fl.round.AdmissionPolicy;
import io.propeller.fl.round.RoundSpec;
import io.propeller.fl.round.Stage.Closed;
import io.propeller.fl.round.Stage.Outcome.Impossible;
import io.propeller.fl.round.Stage.Ready;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.FileModelStore;
import io.propeller.fl.store.InMemoryModelStore;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.Refusal.Reason;
import io.propeller.fl.update.RoundId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundCoordinatorTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final StoreName MODEL = StoreName.of("default", "job");

  @TempDir Path folder;
  private Instant now;
  private ModelStore store;

  @BeforeEach
  void open() throws IOException {
    now = START;
    store = FileModelStore.open(folder, () -> now);
  }

  private static RoundPlan.Builder plan(String algorithm, Map<String, ?> config) {
    return RoundPlan.builder()
        .round(StoreName.of("default", "round-1-job"))
        .model(MODEL)
        .algorithmName(algorithm)
        .algorithm(AggregationAlgorithms.load().create(algorithm, config));
  }

  private static RoundSpec spec(int quorum, int participants) {
    List<ParticipantId> all = new ArrayList<>();
    for (int i = 0; i < participants; i++) {
      all.add(ParticipantId.of("p" + i));
    }
    return RoundSpec.of(RoundId.of(1), all, quorum, START, Duration.ofMinutes(1));
  }

  private static byte[] message(int participant, long samples, String update) {
    return ("{\"round_id\":\"round-1\",\"proplet_id\":\"p"
            + participant
            + "\",\"num_samples\":"
            + samples
            + ",\"metrics\":{\"loss\":0.5,\"accuracy\":0.8},\"update\":"
            + update
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private Model model(ModelVersion version) throws IOException {
    return ModelFile.open(store.open(version.content())).toModel();
  }

  private static Reason reason(Admission admission) {
    return ((Admission.Refused) admission).refusal().reason();
  }

  @Test
  void aRoundFromItsFirstMessageToItsModel() throws IOException {
    RoundCoordinator round =
        RoundCoordinator.open(plan("fedavg", Map.of()).build(), spec(2, 3), store, () -> now);
    assertThat(round.offer(message(0, 1, "{\"w\":[1,2],\"b\":3}"), MessageOrigin.UNKNOWN))
        .isInstanceOf(Admission.Counted.class);
    assertThat(reason(round.offer(message(0, 1, "{\"w\":[9,9],\"b\":9}"), MessageOrigin.UNKNOWN)))
        .isEqualTo(Reason.REPEATED);
    now = now.plusSeconds(5);
    round.offer(message(1, 3, "{\"b\":7,\"w\":[5,6]}"), MessageOrigin.UNKNOWN);
    assertThat(round.round().stage()).isInstanceOf(Ready.class);
    assertThat(reason(round.offer(message(2, 3, "{\"b\":7,\"w\":[5,6]}"), MessageOrigin.UNKNOWN)))
        .isEqualTo(Reason.LATE);

    ModelVersion version = round.aggregate().orElseThrow();

    assertThat(model(version))
        .isEqualTo(Model.of(ModelShape.of(Part.of("/b"), Part.of("/w", 2)), 6, 4, 5));
    assertThat(version.number()).isEqualTo(1);
    assertThat(version.lineage().updates().keySet())
        .containsExactly(ParticipantId.of("p0"), ParticipantId.of("p1"));
    assertThat(store.latest(MODEL)).contains(version);
    assertThat(round.metrics().refused()).isEqualTo(Map.of(Reason.LATE, 1, Reason.REPEATED, 1));
    assertThat(round.metrics().seconds()).isEqualTo(5);
    assertThat(round.metrics().loss()).hasValue(0.5);
  }

  @Test
  void theNextRoundBeginsWithTheModelAndTheStateOfTheLast() throws IOException {
    RoundPlan first = plan("fedavgm", Map.of("momentum", 0.5)).build();
    RoundCoordinator one = RoundCoordinator.open(first, spec(1, 1), store, () -> now);
    one.offer(message(0, 1, "[1]"), MessageOrigin.UNKNOWN);
    ModelVersion v1 = one.aggregate().orElseThrow();
    Optional<ModelVersion> base = Optional.of(v1);
    double[] expected = {3, 4};
    for (int i = 0; i < expected.length; i++) {
      RoundPlan next =
          plan("fedavgm", Map.of("momentum", 0.5))
              .round(StoreName.of("round-" + (i + 2)))
              .base(base)
              .build();
      RoundSpec spec =
          new RoundSpec(
              RoundId.of(i + 2),
              spec(1, 1).participants(),
              1,
              START,
              START.plusSeconds(9),
              Duration.ZERO,
              Optional.empty());
      RoundCoordinator round = RoundCoordinator.open(next, spec, store, () -> now);
      String text =
          new String(message(0, 1, "[3]"), StandardCharsets.UTF_8)
              .replace("round-1", "round-" + (i + 2));
      round.offer(text.getBytes(StandardCharsets.UTF_8), MessageOrigin.UNKNOWN);
      base = round.aggregate();
      // Δ = 2, v = 2, x = 1 + 2 = 3; then Δ = 0, v = 0.5·2 = 1, x = 3 + 1 = 4
      assertThat(model(base.orElseThrow()).toArray()).containsExactly(expected[i]);
      assertThat(base.orElseThrow().number()).isEqualTo(i + 2);
    }
  }

  @Test
  void aCrashAtAnyWriteEndsInTheSameModel() throws IOException {
    RoundPlan plan = plan("fedavg", Map.of()).build();
    Digest expected = null;
    for (int crash = 0; crash < 20; crash++) {
      InMemoryModelStore memory = new InMemoryModelStore(() -> now);
      CrashingStore crashing = new CrashingStore(memory, crash);
      for (int life = 0; life < 3; life++) {
        try {
          RoundCoordinator round = RoundCoordinator.open(plan, spec(3, 3), crashing, () -> now);
          for (int i = 0; i < 3; i++) {
            round.offer(message(i, i + 1, "[0.1,0." + (i + 1) + "]"), MessageOrigin.UNKNOWN);
          }
          if (round.round().stage() instanceof Ready) {
            round.aggregate();
          }
        } catch (IOException crashed) {
          assertThat(crashed).hasMessage("crash");
        }
      }
      List<ModelVersion> versions = memory.versions(MODEL);
      assertThat(versions).as("crash at write %s", crash).hasSize(1);
      expected = expected == null ? versions.get(0).content() : expected;
      assertThat(versions.get(0).content()).isEqualTo(expected);
      assertThat(RoundCoordinator.open(plan, spec(3, 3), memory, () -> now).round().stage())
          .isInstanceOf(Closed.class);
    }
  }

  @Test
  void anyOrderOfArrivalAndNumberOfThreadsGivesTheSameBits() throws IOException {
    Random random = new Random(5);
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      float[] values = new float[500];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) random.nextGaussian();
      }
      String base64 = Base64.getEncoder().encodeToString(PackedValues.pack(values).bytes());
      messages.add(
          ("{\"round_id\":1,\"proplet_id\":\"p"
                  + i
                  + "\",\"num_samples\":"
                  + (i + 1)
                  + ",\"format\":\"f32\",\"metrics\":{\"loss\":1},"
                  + "\"update_b64\":\""
                  + base64
                  + "\"}")
              .getBytes(StandardCharsets.UTF_8));
    }
    Model global = Model.wrap(ModelShape.vector(500), new double[500]);
    Map<String, Map<String, ?>> rules =
        new java.util.TreeMap<>(
            Map.of(
                "norm-clipping",
                Map.of("maxNorm", 3),
                "qfedavg",
                Map.of("learningRate", 1),
                "gaussian-dp",
                Map.of("maxNorm", 1, "noiseMultiplier", 1)));
    AggregationAlgorithms.load().names().forEach(name -> rules.putIfAbsent(name, Map.of()));
    for (Map.Entry<String, Map<String, ?>> rule : rules.entrySet()) {
      Digest expected = null;
      for (int threads = 1; threads <= 3; threads++) {
        Collections.shuffle(messages, random);
        InMemoryModelStore memory = new InMemoryModelStore(() -> now);
        Digest content = memory.put(new ModelFile(global.shape(), global.values())::write);
        ModelVersion base =
            memory.publish(
                MODEL,
                content,
                Optional.empty(),
                io.propeller.fl.store.Lineage.of(
                    RoundId.of(0), "given", Optional.empty(), Map.of()),
                now);
        RoundPlan plan = plan(rule.getKey(), rule.getValue()).base(base).threads(threads).build();
        RoundSpec spec = spec(11, 11).withNoiseSeed(new NoiseSeed("ab".repeat(32)));
        RoundCoordinator round = RoundCoordinator.open(plan, spec, memory, () -> now);
        for (byte[] message : messages) {
          assertThat(round.offer(message, MessageOrigin.UNKNOWN))
              .isInstanceOf(Admission.Counted.class);
        }
        Digest digest = round.aggregate().orElseThrow().content();
        expected = expected == null ? digest : expected;
        assertThat(digest).as("%s on %s threads", rule.getKey(), threads).isEqualTo(expected);
      }
    }
  }

  @Test
  void theTransportKnowsBetterThanTheMessage() throws IOException {
    RoundCoordinator round =
        RoundCoordinator.open(plan("fedavg", Map.of()).build(), spec(2, 2), store, () -> now);
    MessageOrigin one = MessageOrigin.of(ParticipantId.of("p1"));
    Admission.Counted counted = (Admission.Counted) round.offer(message(0, 1, "[1]"), one);
    assertThat(counted.contribution().participant()).isEqualTo(ParticipantId.of("p1"));
    MessageOrigin otherRound =
        new MessageOrigin(Optional.of(ParticipantId.of("p0")), Optional.of(RoundId.of(2)));
    assertThat(reason(round.offer(message(0, 1, "[1]"), otherRound))).isEqualTo(Reason.OTHER_ROUND);
  }

  @Test
  void whatThePolicyDemandsIsChecked() throws IOException {
    AdmissionPolicy policy =
        AdmissionPolicy.builder()
            .maxWeight(10)
            .maxNorm(5)
            .lossRequired(true)
            .shape(ModelShape.vector(2))
            .build();
    RoundCoordinator round =
        RoundCoordinator.open(
            plan("fedavg", Map.of()).kind(UpdateKind.DELTA).policy(policy).build(),
            spec(2, 3),
            store,
            () -> now);
    assertThat(reason(round.offer(message(0, 11, "[1,1]"), MessageOrigin.UNKNOWN)))
        .isEqualTo(Reason.WEIGHT);
    assertThat(reason(round.offer(message(0, 1, "[1]"), MessageOrigin.UNKNOWN)))
        .isEqualTo(Reason.SHAPE);
    byte[] withoutLoss =
        new String(message(0, 1, "[1,1]"), StandardCharsets.UTF_8)
            .replace("loss", "lost")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(reason(round.offer(withoutLoss, MessageOrigin.UNKNOWN))).isEqualTo(Reason.LOSS);
    byte[] failed =
        "{\"round_id\":1,\"proplet_id\":\"p0\",\"error\":\"trap\"}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(reason(round.offer(failed, MessageOrigin.UNKNOWN))).isEqualTo(Reason.WORKER_ERROR);
    Admission.Counted clipped =
        (Admission.Counted) round.offer(message(0, 1, "[30,40]"), MessageOrigin.UNKNOWN);
    assertThat(clipped.contribution().clipped()).isTrue();
    assertThat(ModelFile.open(store.open(clipped.contribution().update())).toModel().toArray())
        .containsExactly(3, 4);
    assertThat(reason(round.offer("{".getBytes(StandardCharsets.UTF_8), MessageOrigin.UNKNOWN)))
        .isEqualTo(Reason.MALFORMED);
    assertThat(round.metrics().clipped()).isEqualTo(1);
  }

  @Test
  void aQuorumBelowTheBoundOfTheRuleIsRefusedAtOnce() {
    RoundPlan plan = plan("krum", Map.of("byzantine", 2)).build();
    assertThatThrownBy(() -> RoundCoordinator.open(plan, spec(6, 9), store, () -> now))
        .hasMessageContaining("kOfN must be at least 7 for krum")
        .hasMessageContaining("is 6");
  }

  @Test
  void aDamagedUpdateFailsTheRoundAndIsNeverAggregated() throws IOException {
    RoundCoordinator round =
        RoundCoordinator.open(plan("fedavg", Map.of()).build(), spec(1, 1), store, () -> now);
    Admission.Counted counted =
        (Admission.Counted) round.offer(message(0, 1, "[1,2,3]"), MessageOrigin.UNKNOWN);
    String hex = counted.contribution().update().hex();
    Path file = folder.resolve("content").resolve(hex.substring(0, 2)).resolve(hex);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThat(round.aggregate()).isEmpty();
    assertThat(((Closed) round.round().stage()).outcome()).isInstanceOf(Impossible.class);
    assertThat(store.versions(MODEL)).isEmpty();
  }
}
