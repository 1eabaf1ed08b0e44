package io.propeller.testkit.proplet;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.EmbeddedBroker;
import io.propeller.testkit.mqtt.WithEmbeddedBroker;
import io.propeller.testkit.wasm.SampleModule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WithEmbeddedBroker
class SimulatedPropletsTest {

  private static final int WORKERS = 100;

  @Test
  void eachAnnouncesItselfBeatsAndAnswersWhatIsForIt(EmbeddedBroker broker)
      throws InterruptedException {
    Channel channel = Channel.of("testkit", "simulated");
    Set<PropletId> announced = new HashSet<>();
    Set<PropletId> beating = new HashSet<>();
    Set<PropletId> answering = new HashSet<>();
    try (Operator operator = new Operator(broker.address(), channel);
        SimulatedProplets proplets =
            SimulatedProplets.start(
                broker.address(), channel, "p", WORKERS, Duration.ofSeconds(1), Start::name)) {
      while (announced.size() < WORKERS) {
        Discovery discovery = Operator.await(operator.discoveries, any -> true);
        announced.add(discovery.propletId());
      }
      while (beating.size() < WORKERS) {
        Alive alive = Operator.await(operator.beats, any -> true);
        beating.add(alive.propletId());
      }
      proplets.ids().forEach(id -> operator.send(task("of-" + id, Target.proplet(id))));
      while (answering.size() < WORKERS) {
        Result result = Operator.await(operator.results, any -> true);
        assertThat(result.output()).isEqualTo(TaskOutput.text("add"));
        assertThat(result.taskId()).isEqualTo(TaskId.of("of-" + result.propletId().orElseThrow()));
        answering.add(result.propletId().orElseThrow());
      }

      assertThat(announced).isEqualTo(proplets.ids());
      assertThat(beating).isEqualTo(proplets.ids());
      assertThat(answering).isEqualTo(proplets.ids());
    }
  }

  @Test
  void aLatentTaskIsAnsweredCallByCall(EmbeddedBroker broker) throws InterruptedException {
    Channel channel = Channel.of("testkit", "latent");
    try (Operator operator = new Operator(broker.address(), channel);
        SimulatedProplets proplets =
            SimulatedProplets.start(
                broker.address(),
                channel,
                "p",
                1,
                Duration.ofSeconds(1),
                start -> String.join("+", start.inputs()))) {
      Target target = Target.proplet(proplets.ids().iterator().next());
      operator.send(Start.builder().from(task("adder", target)).latent(true).build());
      operator.send(
          Invoke.builder()
              .id(TaskId.of("adder"))
              .invocationId("call")
              .addInputs("10", "32")
              .target(target)
              .build());

      InvokeResult answer = Operator.await(operator.calls, any -> true);
      assertThat(answer.invocationId()).contains("call");
      assertThat(answer.output()).isEqualTo(TaskOutput.text("10+32"));
      assertThat(operator.results).isEmpty();
    }
  }

  private static Start task(String id, Target target) {
    return Start.builder()
        .id(TaskId.of(id))
        .name("add")
        .target(target)
        .module(WasmModule.inline(SampleModule.ADD.bytes()))
        .build();
  }
}
