package io.propeller.fl.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.fl.aggregate.NoiseSeed;
import io.propeller.fl.round.Stage.Closed;
import io.propeller.fl.round.Stage.Collecting;
import io.propeller.fl.round.Stage.Open;
import io.propeller.fl.round.Stage.Outcome.Aggregated;
import io.propeller.fl.round.Stage.Outcome.Impossible;
import io.propeller.fl.round.Stage.Outcome.TimedOut;
import io.propeller.fl.round.Stage.Ready;
import io.propeller.fl.store.Digest;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.Refusal;
import io.propeller.fl.update.Refusal.Reason;
import io.propeller.fl.update.RoundId;
import io.propeller.fl.update.TrainingMetrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RoundTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Digest DIGEST = Digest.of(new byte[0]);

  private static ParticipantId p(int i) {
    return ParticipantId.of("p" + i);
  }

  private static Instant after(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static Contribution update(int participant) {
    return new Contribution(p(participant), DIGEST, 10, TrainingMetrics.NONE, false);
  }

  private static RoundSpec spec(int quorum, int participants) {
    List<ParticipantId> all =
        java.util.stream.IntStream.range(0, participants).mapToObj(RoundTest::p).toList();
    return RoundSpec.of(RoundId.of(1), all, quorum, START, Duration.ofSeconds(60));
  }

  private static Optional<Reason> objection(Round round, ParticipantId sender, RoundId id) {
    return round.objection(Optional.of(sender), Optional.of(id)).map(Refusal::reason);
  }

  @Test
  void itIsReadyWhenTheQuorumIsIn() {
    Round round = Round.open(spec(2, 3));
    assertThat(round.stage()).isEqualTo(new Open());
    round = round.admit(update(2), after(1));
    assertThat(round.stage()).isEqualTo(new Collecting());
    round = round.admit(update(0), after(2));
    assertThat(round.stage()).isEqualTo(new Ready(after(2)));
    assertThat(round.aggregated(DIGEST, after(3)).stage())
        .isEqualTo(new Closed(new Aggregated(DIGEST), after(3)));
  }

  @Test
  void duringTheGraceItTakesMore() {
    Round round =
        Round.open(spec(1, 3).withGrace(Duration.ofSeconds(10))).admit(update(0), after(5));
    assertThat(round.stage()).isEqualTo(new Collecting());
    assertThat(round.nextChange()).contains(after(15));
    round = round.admit(update(1), after(14));
    assertThat(round.at(after(15)).stage()).isEqualTo(new Ready(after(15)));
    assertThat(round.admit(update(2), after(14)).stage())
        .as("nobody is left")
        .isEqualTo(new Ready(after(14)));
    assertThat(round.withdraw(p(2), after(14)).stage()).isEqualTo(new Ready(after(14)));
  }

  @Test
  void theGraceEndsAtTheDeadline() {
    Round round =
        Round.open(spec(1, 2).withGrace(Duration.ofSeconds(100))).admit(update(0), after(50));
    assertThat(round.nextChange()).contains(after(60));
    assertThat(round.at(after(60)).stage()).isEqualTo(new Ready(after(60)));
  }

  @Test
  void atTheDeadlineWithFewerItIsTimedOut() {
    Round round = Round.open(spec(2, 3)).admit(update(0), after(1));
    assertThat(round.at(after(59)).stage()).isEqualTo(new Collecting());
    assertThat(round.at(after(60)).stage()).isEqualTo(new Closed(new TimedOut(), after(60)));
  }

  @Test
  void itFailsAsSoonAsTheQuorumIsOutOfReach() {
    Round round = Round.open(spec(2, 3)).withdraw(p(0), after(1));
    assertThat(round.stage()).isEqualTo(new Open());
    Round failed = round.withdraw(p(1), after(2));
    assertThat(failed.stage())
        .isEqualTo(
            new Closed(
                new Impossible("0 of 2 updates are in and 1 of 3 participants are left"),
                after(2)));
  }

  @Test
  void anUpdateOfOneWhoWasGivenUpCounts() {
    Round round =
        Round.open(spec(2, 3))
            .withdraw(p(0), after(1))
            .admit(update(0), after(2))
            .admit(update(1), after(3));
    assertThat(round.stage()).isEqualTo(new Ready(after(3)));
  }

  @Test
  void objectionsComeInTheirOrder() {
    Round round = Round.open(spec(2, 3)).admit(update(0), after(1));
    RoundId other = RoundId.of(2);
    assertThat(objection(round, p(1), RoundId.of(1))).isEmpty();
    assertThat(objection(round, p(1), other)).contains(Reason.OTHER_ROUND);
    assertThat(objection(round, p(0), other)).contains(Reason.REPEATED);
    assertThat(objection(round, p(9), other)).contains(Reason.NOT_A_PARTICIPANT);
    assertThat(objection(round.admit(update(1), after(2)), p(9), other)).contains(Reason.LATE);
    assertThat(round.objection(Optional.empty(), Optional.empty()))
        .map(Refusal::reason)
        .contains(Reason.NOT_A_PARTICIPANT);
    assertThat(round.objection(Optional.of(p(1)), Optional.empty()))
        .map(Refusal::reason)
        .contains(Reason.OTHER_ROUND);
  }

  @Test
  void aRefusalDeliveredAgainCountsOnce() {
    Round round =
        Round.open(spec(1, 1))
            .refuse(Reason.SHAPE, 7)
            .refuse(Reason.SHAPE, 7)
            .refuse(Reason.SHAPE, 8);
    assertThat(round.refusals().count(Reason.SHAPE)).isEqualTo(2);
  }

  @Test
  void theTallyOfRefusalsStaysSmall() {
    Round round = Round.open(spec(1, 1));
    for (long i = 0; i < 3_000; i++) {
      round = round.refuse(Reason.MALFORMED, i);
    }
    assertThat(round.refusals().count(Reason.MALFORMED)).isEqualTo(3_000);
    assertThat(round.refusals().fingerprints()).hasSize(Refusals.REMEMBERED);
    assertThat(RoundJson.write(round)).hasSizeLessThan(32 << 10);
  }

  @Test
  void everyStageSurvivesARestart() throws IOException {
    RoundSpec spec =
        spec(2, 3).withGrace(Duration.ofMillis(1500)).withNoiseSeed(new NoiseSeed("ab".repeat(32)));
    Contribution rich =
        new Contribution(
            p(0),
            DIGEST,
            5,
            new TrainingMetrics(OptionalDouble.of(0.1), OptionalDouble.of(0.9)),
            true);
    Round open = Round.open(spec);
    Round collecting =
        open.admit(rich, after(1))
            .refuse(Reason.NOT_FINITE, Long.MIN_VALUE)
            .withdraw(p(2), after(2));
    Round ready = collecting.admit(update(1), after(3)).at(after(10));
    for (Round round :
        new Round[] {
          open,
          collecting,
          ready,
          ready.aggregated(DIGEST, after(11)),
          ready.failed("too \"few\"", after(12)),
          collecting.at(after(60))
        }) {
      assertThat(RoundJson.read(RoundJson.write(round))).isEqualTo(round);
    }
  }

  @Test
  void aTruncatedStateIsRefused() {
    byte[] state = RoundJson.write(Round.open(spec(2, 3)).admit(update(0), after(1)));
    for (int length = 0; length < state.length; length++) {
      byte[] part = Arrays.copyOf(state, length);
      assertThatThrownBy(() -> RoundJson.read(part)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void impossibleSpecificationsAreRefused() {
    assertThatThrownBy(() -> spec(0, 3)).hasMessageContaining("kOfN").hasMessageContaining("is 0");
    assertThatThrownBy(() -> spec(4, 3)).hasMessageContaining("kOfN").hasMessageContaining("is 4");
  }

  @Test
  void metricsAreWeightedBySamples() {
    Round round =
        Round.open(spec(2, 3))
            .admit(
                new Contribution(
                    p(0),
                    DIGEST,
                    1,
                    new TrainingMetrics(OptionalDouble.of(1), OptionalDouble.of(0.5)),
                    true),
                after(1))
            .refuse(Reason.WEIGHT, 1)
            .admit(
                new Contribution(
                    p(1),
                    DIGEST,
                    3,
                    new TrainingMetrics(OptionalDouble.of(2), OptionalDouble.empty()),
                    false),
                after(9));
    RoundMetrics metrics = RoundMetrics.of(round, after(30));

    assertThat(metrics.participants()).isEqualTo(3);
    assertThat(metrics.counted()).isEqualTo(2);
    assertThat(metrics.clipped()).isEqualTo(1);
    assertThat(metrics.loss().getAsDouble()).isEqualTo(1.75);
    assertThat(metrics.accuracy().getAsDouble()).isEqualTo(0.5);
    assertThat(metrics.refused()).containsOnlyKeys(Reason.WEIGHT);
    assertThat(metrics.seconds()).isEqualTo(9);
  }
}
