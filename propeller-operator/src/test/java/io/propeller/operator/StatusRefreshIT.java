package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is written of Proplets that go on as before, on a clock that the test moves. */
class StatusRefreshIT extends OperatorRig {

  @Test
  void what_works_is_written_once_its_slot_has_come_and_what_is_idle_never_is() {
    try (ScriptedProplet idle = proplet("idle");
        ScriptedProplet busy = proplet("busy")) {
      Instant seen = status("idle").getLastSeen();
      create(
          "work", spec -> spec.withNewPropletSelector().withPropletId("busy").endPropletSelector());
      busy.nextStart();
      assertThat(status("busy").getTaskCount()).isZero();

      clock.moveTo(clock.instant().plus(Duration.ofHours(1)));
      touch("idle");
      touch("busy");

      await(
          client.resources(Proplet.class).withName("busy"),
          proplet -> proplet.getStatus().getTaskCount() == 1);
      assertThat(status("idle").getLastSeen()).isEqualTo(seen);
      assertThat(idle.hasNoStart()).isTrue();
    }
  }

  private PropletStatus status(String name) {
    return client.resources(Proplet.class).withName(name).get().getStatus();
  }

  /** Has a proplet looked at, as time would. */
  private void touch(String name) {
    client
        .resources(Proplet.class)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"seen\":\"1\"}}}");
  }
}
