package io.propeller.testkit.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten workers whose shards differ: from a tenth of ones to nine tenths. */
class FederatedLearningTest {

  private static final TrainingTask TASK = TrainingTask.DEFAULT.withSkew(0.8);
  private static final Shard TEST = TASK.data().test(10_000);
  private static final double POOLED = LinearModel.fit(TASK.data().pooled()).accuracy(TEST);
  private static final int HARMFUL = 3;

  @Test
  void theShardsDifferAsMuchAsTheyShould() {
    assertThat(TASK.data().shard(0).share()).isCloseTo(0.1, within(0.07));
    assertThat(TASK.data().shard(9).share()).isCloseTo(0.9, within(0.07));
    assertThat(TASK.data().pooled().samples()).hasSize(2_000).doesNotHaveDuplicates();
    assertThat(TEST.share()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void theFitToAllShardsIsAsGoodAsTheCloudsAllow() {
    assertThat(POOLED).isCloseTo(0.874, within(0.01));
  }

  @Test
  void roundsEndWithinAPointOfTheFitToAllShardsAtOnce() throws IOException {
    List<LinearModel> models = InProcessRounds.run(TASK, "fedavg", 10);

    assertThat(models.get(0).accuracy(TEST)).isLessThan(POOLED - 0.03);
    assertThat(models.get(9).accuracy(TEST)).isCloseTo(POOLED, within(0.01));
  }

  @Test
  void onePoisonedWorkerOfTenRuinsTheMean() throws IOException {
    for (LinearModel model : InProcessRounds.run(TASK.withPoisoned(HARMFUL), "fedavg", 3)) {
      assertThat(model.accuracy(TEST)).isLessThan(0.45);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trimmed-mean", "krum"})
  void andDoesNotRuinWhatExpectsIt(String algorithm) throws IOException {
    List<LinearModel> models = InProcessRounds.run(TASK.withPoisoned(HARMFUL), algorithm, 3);

    assertThat(models.get(2).accuracy(TEST)).isGreaterThan(POOLED - 0.07);
  }
}
