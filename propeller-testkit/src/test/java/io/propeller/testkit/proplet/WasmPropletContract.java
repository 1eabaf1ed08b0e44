package io.propeller.testkit.proplet;

import static io.propeller.testkit.proplet.Operator.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.ImmutableInvoke;
import io.propeller.mqtt.message.ImmutableStart;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.internal.Await;
import io.propeller.testkit.mqtt.BrokerServer;
import io.propeller.testkit.wasm.SampleModule;
import io.propeller.testkit.wasm.WasmLimits;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a WasmProplet does on any broker. */
abstract class WasmPropletContract {

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private Operator operator;
  private WasmProplet proplet;
  private PropletId id;

  @BeforeEach
  void start(BrokerServer broker) {
    String unique = UUID.randomUUID().toString();
    Channel channel = Channel.of("testkit", unique);
    operator = new Operator(broker.address(), channel);
    WasmPropletOptions options =
        WasmPropletOptions.of(broker.address(), channel, "proplet-" + unique)
            .withHeartbeat(Duration.ofMillis(200))
            .withLimits(WasmLimits.DEFAULT.withTime(Duration.ofSeconds(2)))
            .withTags("test");
    id = options.id();
    proplet = WasmProplet.start(options);
  }

  @AfterEach
  void end() {
    proplet.close();
    operator.close();
  }

  @Test
  void itAnnouncesItselfAndBeats() throws InterruptedException {
    Discovery discovery = await(operator.discoveries, any -> true);

    assertThat(discovery.propletId()).isEqualTo(id);
    assertThat(discovery.metadata().tags()).containsExactly("test");
    await(operator.beats, beat -> beat.propletId().equals(id));
    await(operator.beats, beat -> beat.status() == Alive.Status.ALIVE);
  }

  @Test
  void aFunctionsFirstValueIsTheResult() throws InterruptedException {
    operator.send(task("sum", SampleModule.ADD).addInputs("10", "32").build());

    assertThat(resultOf("sum").output()).isEqualTo(TaskOutput.text("42"));
    assertThat(proplet.tasks()).isEmpty();
  }

  @Test
  void aTrapIsAnError() throws InterruptedException {
    operator.send(task("trap", SampleModule.TRAP).build());

    assertThat(resultOf("trap").error().orElseThrow()).contains("unreachable");
  }

  @Test
  void aTaskThatRunsTooLongIsAnError() throws InterruptedException {
    operator.send(task("long", SampleModule.ENDLESS).build());

    assertThat(resultOf("long").error().orElseThrow()).contains("longer than 2000 ms");
  }

  @Test
  void aStopEndsWhatRunsAndWhatWaits() throws InterruptedException {
    for (String name : new String[] {"a", "b", "c"}) {
      operator.send(task(name, SampleModule.ENDLESS).build());
    }
    Await.until(LIMIT, () -> proplet.tasks().size() == 3, () -> "all tasks arrive");

    for (String name : new String[] {"c", "b", "a"}) {
      operator.send(Stop.of(TaskId.of(name)));
      assertThat(resultOf(name).error()).contains("Task was cancelled or panicked");
    }
    assertThat(proplet.tasks()).isEmpty();
  }

  @Test
  void anIdThatRunsIsIgnoredAndRunsAgainAfterItsResult() throws InterruptedException {
    operator.send(task("twice", SampleModule.ENDLESS).build());
    operator.send(task("twice", SampleModule.ENDLESS).build());
    Await.until(LIMIT, () -> !proplet.tasks().isEmpty(), () -> "the task arrives");
    operator.send(Stop.of(TaskId.of("twice")));
    assertThat(resultOf("twice").error()).isPresent();

    operator.send(task("twice", SampleModule.ADD).addInputs("1", "1").build());

    assertThat(resultOf("twice").output()).isEqualTo(TaskOutput.text("2"));
  }

  @Test
  void aDaemonIsAnsweredWhenItStarts() throws InterruptedException {
    operator.send(task("daemon", SampleModule.ENDLESS).daemon(true).build());

    Result started = resultOf("daemon");

    assertThat(started.output()).isEqualTo(TaskOutput.NOTHING);
    assertThat(started.error()).isEmpty();
    assertThat(proplet.tasks()).containsExactly(TaskId.of("daemon"));
  }

  @Test
  void aLatentTaskIsKeptWithoutAWordAndCalledAsOftenAsItIsAskedFor() throws InterruptedException {
    operator.send(task("adder", SampleModule.ADD).latent(true).build());

    for (int i = 1; i <= 3; i++) {
      operator.send(call("adder", "call-" + i).addInputs("40", Integer.toString(i)).build());
      InvokeResult answer = answerTo("call-" + i);
      assertThat(answer.taskId()).isEqualTo(TaskId.of("adder"));
      assertThat(answer.propletId()).contains(id);
      assertThat(answer.output()).isEqualTo(TaskOutput.text(Integer.toString(40 + i)));
      assertThat(answer.error()).isEmpty();
    }
    assertThat(proplet.tasks()).containsExactly(TaskId.of("adder"));
    assertThat(operator.results).isEmpty();
  }

  @Test
  void aCallThatFailsIsAnErrorAndTheTaskStays() throws InterruptedException {
    operator.send(task("adder", SampleModule.ADD).latent(true).build());

    operator.send(call("adder", "bad").addInputs("ten").build());
    assertThat(answerTo("bad").error().orElseThrow()).isNotEmpty();
    operator.send(call("adder", "good").addInputs("1", "1").build());
    assertThat(answerTo("good").output()).isEqualTo(TaskOutput.text("2"));
  }

  @Test
  void aLatentTaskThatCannotBeKeptIsAnError() throws InterruptedException {
    operator.send(task("adder", SampleModule.ADD).name("subtract").latent(true).build());

    assertThat(resultOf("adder").error().orElseThrow()).contains("subtract");
    assertThat(proplet.tasks()).isEmpty();
  }

  @Test
  void aStopForgetsALatentTaskAndEndsItsCalls() throws InterruptedException {
    operator.send(task("forever", SampleModule.ENDLESS).latent(true).build());
    operator.send(call("forever", "first").build());
    Await.until(LIMIT, () -> !proplet.tasks().isEmpty(), () -> "the task arrives");

    operator.send(Stop.of(TaskId.of("forever")));

    assertThat(answerTo("first").error()).isPresent();
    operator.send(call("forever", "second").build());
    assertThat(answerTo("second").error().orElseThrow()).contains("no latent task forever");
  }

  @Test
  void aTaskOfAnotherWorkerIsNotRun() throws InterruptedException {
    operator.send(
        task("foreign", SampleModule.ADD)
            .addInputs("1", "1")
            .target(Target.proplet(PropletId.of("another")))
            .build());
    operator.send(task("own", SampleModule.ADD).addInputs("1", "1").build());

    assertThat(await(operator.results, any -> true).taskId()).isEqualTo(TaskId.of("own"));
  }

  @Test
  void anImageIsAskedForAndPutTogether() throws InterruptedException {
    operator.modules.put("registry/add:v1", SampleModule.ADD.bytes());

    operator.send(
        task("image", SampleModule.ADD)
            .module(WasmModule.image("registry/add:v1"))
            .addInputs("20", "22")
            .build());

    assertThat(resultOf("image").output()).isEqualTo(TaskOutput.text("42"));
  }

  @Test
  void theBrokerAnnouncesTheEndOfAKilledWorker() throws InterruptedException {
    operator.send(task("lost", SampleModule.ENDLESS).build());
    Await.until(LIMIT, () -> !proplet.tasks().isEmpty(), () -> "the task arrives");

    proplet.kill();

    Alive will = await(operator.beats, beat -> beat.status() == Alive.Status.OFFLINE);
    assertThat(will.propletId()).isEqualTo(id);
    assertThat(operator.results).isEmpty();
  }

  @Test
  void aWorkerThatWasCutOffDeliversItsResultWhenItIsBack() throws InterruptedException {
    operator.send(task("busy", SampleModule.ENDLESS).build());
    Await.until(LIMIT, () -> !proplet.tasks().isEmpty(), () -> "the task arrives");

    proplet.cutOff();
    await(operator.beats, beat -> beat.status() == Alive.Status.OFFLINE);
    Await.until(LIMIT, () -> proplet.tasks().isEmpty(), () -> "the task ends");
    assertThat(operator.results).isEmpty();
    proplet.reconnect();

    assertThat(resultOf("busy").error()).isPresent();
  }

  @Test
  void aWorkerThatClosesSaysSo() throws InterruptedException {
    proplet.close();

    await(operator.beats, beat -> beat.status() == Alive.Status.OFFLINE);
  }

  private ImmutableStart.Builder task(String name, SampleModule module) {
    return Start.builder()
        .id(TaskId.of(name))
        .name(module.function())
        .target(Target.proplet(id))
        .module(WasmModule.inline(module.bytes()));
  }

  private ImmutableInvoke.Builder call(String task, String invocation) {
    return Invoke.builder().id(TaskId.of(task)).invocationId(invocation).target(Target.proplet(id));
  }

  private InvokeResult answerTo(String invocation) throws InterruptedException {
    return await(
        operator.calls, answer -> answer.invocationId().filter(invocation::equals).isPresent());
  }

  private Result resultOf(String name) throws InterruptedException {
    return await(operator.results, result -> result.taskId().equals(TaskId.of(name)));
  }
}
