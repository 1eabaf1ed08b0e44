package io.propeller.fl;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.fl.aggregate.AggregationAlgorithm;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelFile;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Part;
import io.propeller.fl.round.AdmissionPolicy;
import io.propeller.fl.round.Round;
import io.propeller.fl.round.RoundSpec;
import io.propeller.fl.round.Stage;
import io.propeller.fl.round.Stage.Closed;
import io.propeller.fl.round.Stage.Outcome.Impossible;
import io.propeller.fl.round.Stage.Outcome.TimedOut;
import io.propeller.fl.round.Stage.Ready;
import io.propeller.fl.store.InMemoryModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.Refusal.Reason;
import io.propeller.fl.update.RoundId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a round, compared message by message with a model that keeps nothing but
 * sets: whatever comes, in whatever order, with restarts in between, what counts is what should.
 */
class RoundHistoriesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int STRANGER = 99;
  private static final List<String> ROUND_IDS = List.of("\"round-3\"", "\"3\"", "3");
  private static final ModelShape SHAPE = ModelShape.of(Part.of("/b"), Part.of("/w", 2));
  private static final AggregationAlgorithm FEDAVG =
      AggregationAlgorithms.of(List.of()).create("fedavg", Map.of());
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Test
  void noneOfTenThousandHistoriesIsMiscounted() throws IOException {
    assertNoneIsMiscounted(10_000);
  }

  /** Runs that many histories. */
  static void assertNoneIsMiscounted(int histories) throws IOException {
    Map<Class<?>, Integer> endings = new HashMap<>();
    for (int seed = 0; seed < histories; seed++) {
      Stage stage = new History(seed).run();
      Object ending = stage instanceof Closed closed ? closed.outcome() : stage;
      endings.merge(ending.getClass(), 1, Integer::sum);
    }
    for (Class<?> ending :
        List.of(Stage.Outcome.Aggregated.class, TimedOut.class, Impossible.class)) {
      assertThat(endings.getOrDefault(ending, 0))
          .as("%s occurs", endings)
          .isGreaterThan(histories / 100);
    }
  }

  /** One history. */
  private static final class History {
    private final Random random;
    private final int participants;
    private final int quorum;
    private final Duration grace;
    private final RoundPlan plan;
    private final RoundSpec spec;
    private Instant now = START;
    private final InMemoryModelStore store = new InMemoryModelStore(() -> now);
    private RoundCoordinator coordinator;

    private final Map<Integer, Message> counted = new TreeMap<>();
    private final Set<Integer> withdrawn = new HashSet<>();
    private final Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
    private final Set<String> remembered = new HashSet<>();
    private final List<Message> sent = new ArrayList<>();
    private Instant quorumAt = Instant.MAX;
    private String ending = "";
    private int serial;

    History(int seed) throws IOException {
      random = new Random(seed * 0x9E3779B97F4A7C15L);
      participants = 1 + random.nextInt(5);
      quorum = 1 + random.nextInt(participants);
      grace = Duration.ofSeconds(random.nextInt(3) * 10L);
      plan =
          RoundPlan.builder()
              .round(StoreName.of("r"))
              .model(StoreName.of("m"))
              .algorithmName("fedavg")
              .algorithm(FEDAVG)
              .policy(AdmissionPolicy.builder().shape(SHAPE).build())
              .build();
      List<ParticipantId> all = new ArrayList<>();
      for (int i = 0; i < participants; i++) {
        all.add(ParticipantId.of("p" + i));
      }
      spec = RoundSpec.of(RoundId.of(3), all, quorum, START, TIMEOUT).withGrace(grace);
      coordinator = RoundCoordinator.open(plan, spec, store, () -> now);
    }

    Stage run() throws IOException {
      for (int step = 4 + random.nextInt(12); step > 0; step--) {
        switch (random.nextInt(12)) {
          case 0 -> {
            coordinator.tick();
            coordinator = RoundCoordinator.open(plan, spec, store, () -> now);
          }
          case 1 -> {
            now = now.plusSeconds(random.nextInt(50));
            expire();
            coordinator.tick();
          }
          case 2 -> withdraw(random.nextInt(participants));
          case 3 -> {
            if (!sent.isEmpty()) {
              offer(sent.get(random.nextInt(sent.size())));
            }
          }
          default -> offer(message());
        }
        compare();
      }
      if (ending.equals("ready")) {
        aggregate();
      }
      return coordinator.round().stage();
    }

    /** Makes a message: a good one, or one with a fault. */
    private Message message() {
      int flavour = random.nextInt(13);
      int sender = flavour == 5 ? STRANGER : random.nextInt(participants);
      String round = flavour == 6 ? "\"round-4\"" : ROUND_IDS.get(random.nextInt(ROUND_IDS.size()));
      List<Integer> values = List.of(random.nextInt(100), random.nextInt(100), random.nextInt(100));
      String w =
          switch (flavour) {
            case 7 -> "[1,2,3]";
            case 8 -> "[1,1e999]";
            case 9 -> "[1,\"x\"]";
            default -> "[" + values.get(1) + "," + values.get(2) + "]";
          };
      int samples = flavour == 10 ? 0 : flavour == 11 ? 10_000_000 : 1 + random.nextInt(9);
      String text =
          "{\"serial\":"
              + serial++
              + ",\"round_id\":"
              + round
              + ",\"proplet_id\":\"p"
              + sender
              + "\",\"num_samples\":"
              + samples
              + ",\"update\":{\"w\":"
              + w
              + ",\"b\":"
              + values.get(0)
              + "}}";
      Reason content =
          switch (flavour) {
            case 7 -> Reason.SHAPE;
            case 8 -> Reason.NOT_FINITE;
            case 10, 11 -> Reason.WEIGHT;
            default -> null;
          };
      boolean readable = flavour != 9 && flavour != 12;
      return new Message(
          flavour == 12 ? text.substring(0, text.length() / 2) : text,
          readable,
          sender,
          flavour != 6,
          content,
          samples,
          values);
    }

    private void expire() {
      if (!ending.isEmpty()) {
        return;
      }
      Instant deadline = START.plus(TIMEOUT);
      if (counted.size() >= quorum) {
        Set<Integer> left = new HashSet<>(withdrawn);
        left.removeAll(counted.keySet());
        Instant end = quorumAt.plus(grace).isBefore(deadline) ? quorumAt.plus(grace) : deadline;
        if (counted.size() + left.size() == participants || !now.isBefore(end)) {
          ending = "ready";
        }
      } else {
        Set<Integer> reachable = new HashSet<>(counted.keySet());
        for (int i = 0; i < participants; i++) {
          if (!withdrawn.contains(i)) {
            reachable.add(i);
          }
        }
        if (reachable.size() < quorum) {
          ending = "impossible";
        } else if (!now.isBefore(deadline)) {
          ending = "timed out";
        }
      }
    }

    private void withdraw(int participant) throws IOException {
      if (ending.isEmpty()) {
        withdrawn.add(participant);
        expire();
      }
      coordinator.withdraw(ParticipantId.of("p" + participant));
    }

    private void offer(Message message) throws IOException {
      sent.add(message);
      expire();
      Reason reason = reason(message);
      Admission admission =
          coordinator.offer(message.text.getBytes(StandardCharsets.UTF_8), MessageOrigin.UNKNOWN);
      if (reason == null) {
        check(admission instanceof Admission.Counted, message);
        counted.put(message.sender, message);
        if (counted.size() == quorum) {
          quorumAt = now;
        }
        expire();
      } else {
        check(
            admission instanceof Admission.Refused refusal && refusal.refusal().reason() == reason,
            message);
        if (remembered.add(message.text)) {
          refused.merge(reason, 1, Integer::sum);
        }
      }
    }

    private Reason reason(Message message) {
      if (!message.readable) {
        return Reason.MALFORMED;
      }
      if (!ending.isEmpty()) {
        return Reason.LATE;
      }
      if (message.sender == STRANGER) {
        return Reason.NOT_A_PARTICIPANT;
      }
      if (counted.containsKey(message.sender)) {
        return Reason.REPEATED;
      }
      return message.rightRound ? message.content : Reason.OTHER_ROUND;
    }

    /** Fails with the history so far; cheaper than an assertion object per message. */
    private void check(boolean holds, Object subject) {
      if (!holds) {
        throw new AssertionError(
            subject + " in the round " + coordinator.round() + " after " + sent);
      }
    }

    private void compare() {
      Round round = coordinator.round();
      check(round.contributions().size() == counted.size(), "contributions");
      for (int sender : counted.keySet()) {
        check(round.contributions().containsKey(ParticipantId.of("p" + sender)), sender);
      }
      String stage =
          round.stage() instanceof Ready
              ? "ready"
              : round.stage() instanceof Closed closed
                  ? closed.outcome() instanceof TimedOut ? "timed out" : "impossible"
                  : "";
      check(stage.equals(ending), ending);
      check(round.refusals().counts().equals(refused), refused);
    }

    private void aggregate() throws IOException {
      ModelVersion version = coordinator.aggregate().orElseThrow();
      double[] mean = new double[3];
      double weights = 0;
      for (Message message : counted.values()) {
        weights += message.samples;
        for (int i = 0; i < 3; i++) {
          mean[i] += message.samples * message.values.get(i);
        }
      }
      Model model = ModelFile.open(store.open(version.content())).toModel();
      for (int i = 0; i < 3; i++) {
        check(Math.abs(model.value(i) - mean[i] / weights) < 1e-12, model);
      }
    }
  }

  private record Message(
      String text,
      boolean readable,
      int sender,
      boolean rightRound,
      Reason content,
      int samples,
      List<Integer> values) {}
}
