package io.propeller.testkit.proplet;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.wasm.SampleModule;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {

  /** It was on its way when the worker was killed. */
  @Test
  void a_start_that_comes_after_the_end_is_lost() {
    List<WorkerMessage> said = new CopyOnWriteArrayList<>();
    WasmPropletOptions options =
        WasmPropletOptions.of(
            BrokerAddress.parse("tcp://127.0.0.1:1883"), Channel.of("testkit", "ends"), "edge-1");
    TaskRunner runner = new TaskRunner(options, new Chunks(), said::add);
    runner.kill();

    runner.start(
        Start.builder()
            .id(TaskId.of("late"))
            .name("add")
            .target(Target.proplet(options.id()))
            .module(WasmModule.inline(SampleModule.ADD.bytes()))
            .build());

    assertThat(said).isEmpty();
  }
}
