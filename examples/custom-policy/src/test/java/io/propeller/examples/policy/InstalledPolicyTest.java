package io.propeller.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.placement.PlacementQueue;
import io.propeller.scheduler.policy.Policies;
import io.propeller.scheduler.policy.PolicyDefinition;
import io.propeller.scheduler.policy.PolicyRegistry;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledPolicyTest {

  @Test
  void the_scheduler_finds_it_by_its_name_and_combines_it_with_others() {
    PolicyRegistry policies =
        PolicyRegistry.installed()
            .with(
                PolicyDefinition.of("cheap-and-idle")
                    .with("cheapest", 3, Map.of("label", "cents"))
                    .with(Policies.LOAD)
                    .build());
    PlacementQueue queue =
        PlacementQueue.builder()
            .clock(InstantSource.system())
            .policies(policies)
            .defaultPolicy("cheap-and-idle")
            .build();
    queue.put(Worker.builder().id(WorkerId.of("dear")).putLabels("cents", "90").build());
    queue.put(Worker.builder().id(WorkerId.of("cheap")).putLabels("cents", "5").build());

    assertThat(queue.submit(TaskRequest.builder().id(TaskId.of("t")).build()))
        .containsExactly(new Placed(TaskId.of("t"), WorkerId.of("cheap")));
  }
}
