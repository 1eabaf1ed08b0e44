package io.propeller.operator.internal.proplet;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.scheduler.lifecycle.Liveness;
import io.propeller.scheduler.lifecycle.Liveness.Presence;
import io.propeller.scheduler.lifecycle.WorkerHealth;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.WorkerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PropletDirectoryTest {

  private static final ResourceID EDGE = new ResourceID("edge-1", "lab");
  private static final PropletId IDENTITY = PropletId.of("b64502f0");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<ResourceID> told = new ArrayList<>();
  private Instant now = START;
  private final PropletDirectory directory =
      new PropletDirectory(new Liveness(Duration.ofSeconds(30)), () -> now, told::add);

  @BeforeEach
  void listen() {
    directory.listening(true);
  }

  @Test
  void the_first_sign_of_life_is_told_and_those_after_it_are_not() {
    directory.track(EDGE, device(IDENTITY), Presence.EXPECTED);

    assertThat(alive()).isTrue();
    assertThat(alive()).isTrue();

    assertThat(told).containsExactly(EDGE);
    assertThat(directory.find(EDGE).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
    assertThat(directory.find(EDGE).orElseThrow().lastHeard()).contains(START);
  }

  @Test
  void a_stranger_is_reported_as_such() {
    directory.track(EDGE, device(IDENTITY), Presence.EXPECTED);

    assertThat(directory.heard(PropletId.of("stranger"), false, Optional.empty())).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void silence_is_noticed_by_the_first_sweep_after_the_threshold() {
    directory.track(EDGE, device(IDENTITY), Presence.EXPECTED);
    alive();
    told.clear();

    now = START.plusSeconds(29);
    directory.sweep();
    assertThat(told).isEmpty();

    now = START.plusSeconds(30);
    directory.sweep();
    directory.sweep();
    assertThat(told).containsExactly(EDGE);
    assertThat(directory.health(EDGE, START)).isEqualTo(new WorkerHealth.Away(now));
  }

  @Test
  void a_farewell_is_noticed_at_once_and_a_return_ends_the_absence() {
    directory.track(EDGE, device(IDENTITY), Presence.EXPECTED);
    alive();
    directory.heard(IDENTITY, true, Optional.empty());
    assertThat(directory.find(EDGE).orElseThrow().presence()).isEqualTo(Presence.ABSENT);

    alive();
    assertThat(directory.health(EDGE, START)).isEqualTo(new WorkerHealth.Present());
    assertThat(told).containsExactly(EDGE, EDGE, EDGE);
  }

  @Test
  void nobody_is_missed_while_nothing_can_be_heard() {
    directory.track(EDGE, device(IDENTITY), Presence.EXPECTED);
    alive();
    directory.listening(false);

    now = START.plusSeconds(3_600);
    directory.sweep();
    assertThat(directory.find(EDGE).orElseThrow().presence()).isEqualTo(Presence.PRESENT);

    directory.listening(true);
    now = now.plusSeconds(29);
    directory.sweep();
    assertThat(directory.find(EDGE).orElseThrow().presence()).isEqualTo(Presence.PRESENT);

    now = now.plusSeconds(1);
    directory.sweep();
    assertThat(directory.find(EDGE).orElseThrow().presence()).isEqualTo(Presence.ABSENT);
  }

  @Test
  void a_new_process_has_lost_what_was_given_before_and_nothing_else() {
    directory.track(EDGE, device(IDENTITY), Presence.PRESENT);
    now = START.plusSeconds(5);
    directory.started(IDENTITY, PropletMetadata.builder().os("linux").build());

    assertThat(directory.health(EDGE, START)).isEqualTo(new WorkerHealth.Restarted(now));
    assertThat(directory.health(EDGE, now)).isEqualTo(new WorkerHealth.Present());
    assertThat(directory.find(EDGE).orElseThrow().metadata().orElseThrow().os()).contains("linux");
  }

  @Test
  void a_proplet_that_was_forgotten_is_removed_for_its_tasks() {
    directory.track(EDGE, device(IDENTITY), Presence.PRESENT);
    directory.forget(EDGE);

    assertThat(directory.health(EDGE, START)).isEqualTo(new WorkerHealth.Removed());
    assertThat(alive()).isFalse();
  }

  @Test
  void a_proplet_with_another_identity_is_another_proplet() {
    directory.track(EDGE, device(IDENTITY), Presence.PRESENT);
    PropletId other = PropletId.of("other");
    directory.track(EDGE, device(other), Presence.EXPECTED);

    assertThat(alive()).isFalse();
    assertThat(directory.identity(EDGE)).contains(other);
    assertThat(directory.find(EDGE).orElseThrow().presence()).isEqualTo(Presence.EXPECTED);
  }

  @Test
  void a_taint_that_ends_what_runs_is_told_when_it_comes_and_when_it_goes() {
    Taint broken = new Taint("broken", "", Taint.Effect.NO_EXECUTE);
    directory.track(EDGE, device(IDENTITY), Presence.PRESENT);
    directory.track(
        EDGE,
        new PropletDirectory.Member(IDENTITY, WorkerKind.EXTERNAL, Set.of(broken)),
        Presence.PRESENT);
    assertThat(directory.evicting(EDGE)).containsExactly(broken);

    directory.track(EDGE, device(IDENTITY), Presence.PRESENT);
    assertThat(told).containsExactly(EDGE, EDGE);
  }

  @Test
  void a_measurement_is_kept_and_nobody_is_told() {
    directory.track(EDGE, device(IDENTITY), Presence.PRESENT);
    PropletMetrics metrics = PropletMetrics.builder().propletId(IDENTITY).build();

    assertThat(directory.measured(metrics)).isTrue();
    assertThat(directory.find(EDGE).orElseThrow().load())
        .contains(new PropletDirectory.Load(metrics, START));
    assertThat(told).isEmpty();
  }

  private static PropletDirectory.Member device(PropletId identity) {
    return new PropletDirectory.Member(identity, WorkerKind.EXTERNAL, Set.of());
  }

  private boolean alive() {
    return directory.heard(IDENTITY, false, Optional.empty());
  }
}
