package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskStatus;
import io.propeller.operator.internal.federated.Withdrawals.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WithdrawalsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Worker THERE = new Worker(true, Optional.empty());

  @ParameterizedTest
  @EnumSource(TaskPhase.class)
  void only_a_task_that_failed_gives_its_participant_up_while_its_worker_is_there(TaskPhase phase) {
    boolean over = phase == TaskPhase.FAILED || phase == TaskPhase.SKIPPED;
    assertThat(Withdrawals.isGivenUp(Optional.of(task(phase)), THERE, GRACE, NOW)).isEqualTo(over);
  }

  @Test
  void a_task_that_is_gone_and_a_worker_that_there_is_not_are_given_up() {
    assertThat(Withdrawals.isGivenUp(Optional.empty(), THERE, GRACE, NOW)).isTrue();
    Worker unknown = new Worker(false, Optional.empty());
    assertThat(Withdrawals.isGivenUp(Optional.of(task(TaskPhase.PENDING)), unknown, GRACE, NOW))
        .isTrue();
  }

  @Test
  void a_worker_may_be_away_for_the_grace() {
    Worker away = new Worker(true, Optional.of(NOW.minus(GRACE)));
    Worker leaving = new Worker(true, Optional.of(NOW.minus(GRACE).plusMillis(1)));
    assertThat(Withdrawals.isGivenUp(Optional.of(task(TaskPhase.PENDING)), away, GRACE, NOW))
        .isTrue();
    assertThat(Withdrawals.isGivenUp(Optional.of(task(TaskPhase.PENDING)), leaving, GRACE, NOW))
        .isFalse();
    assertThat(Withdrawals.end(leaving, GRACE)).contains(NOW.plusMillis(1));
    // What runs has a policy of its own for that.
    assertThat(Withdrawals.isGivenUp(Optional.of(task(TaskPhase.RUNNING)), away, GRACE, NOW))
        .isFalse();
  }

  private static Task task(TaskPhase phase) {
    TaskStatus status = new TaskStatus();
    status.setPhase(phase);
    return new TaskBuilder()
        .withNewMetadata()
        .withName("t")
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withStatus(status)
        .build();
  }
}
