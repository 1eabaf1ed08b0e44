package io.propeller.testkit.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.propeller.mqtt.message.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WasmSandboxTest {

  private static final WasmSandbox SANDBOX =
      new WasmSandbox(new WasmLimits(Duration.ofSeconds(10), 16, 100));
  private static final WasmSandbox HASTY =
      new WasmSandbox(WasmLimits.DEFAULT.withTime(Duration.ofMillis(100)));

  @Property(tries = 100)
  void additionWrapsAround(@ForAll int a, @ForAll int b) {
    assertThat(run(SampleModule.ADD, "add", Integer.toString(a), Integer.toString(b)))
        .isEqualTo(new WasmOutcome.Completed(Integer.toString(a + b)));
  }

  @ParameterizedTest
  @CsvSource({"1,2,1.5", "3,3,3", "-0.5,0.25,-0.125", "1e308,1e308,inf", "NaN,1,NaN"})
  void floatingPointResultsAreTextAsTheRustWorkerWritesIt(String a, String b, String mean) {
    assertThat(run(SampleModule.MEAN, "mean", a, b)).isEqualTo(new WasmOutcome.Completed(mean));
  }

  @Test
  void aLongResultIsWhole() {
    assertThat(run(SampleModule.FIBONACCI, "fibonacci", "90"))
        .isEqualTo(new WasmOutcome.Completed("2880067194370816120"));
  }

  @Test
  void aCommandGivesWhatItWrites() {
    WasmCall call =
        new WasmCall(
            SampleModule.HELLO.bytes(), "_start", List.of(), List.of("proplet"), Map.of("A", "b"));

    assertThat(SANDBOX.run(call)).isEqualTo(new WasmOutcome.Completed("hello, proplet"));
  }

  @Test
  void aCommandIsWhatIsLeftWhenThereIsNoSuchFunction() {
    assertThat(run(SampleModule.HELLO, "greet"))
        .isEqualTo(new WasmOutcome.Completed("hello, world"));
  }

  @Test
  void moreOutputThanAllowedIsAnError() {
    WasmCall call =
        new WasmCall(
            SampleModule.HELLO.bytes(), "_start", List.of(), List.of("x".repeat(200)), Map.of());

    assertThat(reasonOf(SANDBOX.run(call))).contains("more than 100 bytes");
  }

  @Test
  void aModuleThatIsLoadedIsCalledAgainAndAgainEachTimeFromTheStart() {
    LoadedModule adder = SANDBOX.load(SampleModule.ADD.bytes(), "add");

    assertThat(SANDBOX.run(adder, List.of("1", "2"), Map.of()))
        .isEqualTo(new WasmOutcome.Completed("3"));
    assertThat(reasonOf(SANDBOX.run(adder, List.of("one", "2"), Map.of()))).contains("one");
    assertThat(SANDBOX.run(adder, List.of("3", "4"), Map.of()))
        .isEqualTo(new WasmOutcome.Completed("7"));
  }

  @Test
  void whatCannotBeLoadedSaysWhy() {
    assertThatThrownBy(() -> SANDBOX.load(SampleModule.ADD.bytes(), "subtract"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("subtract")
        .hasMessageContaining("add");
    assertThatThrownBy(() -> SANDBOX.load(Bytes.wrap(new byte[] {1}), "add"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not compile");
  }

  @Test
  void aTrapIsAnError() {
    assertThat(reasonOf(run(SampleModule.TRAP, "trap"))).contains("unreachable");
  }

  @Test
  void aMissingFunctionIsAnErrorThatSaysWhichThereAre() {
    assertThat(reasonOf(run(SampleModule.ADD, "subtract", "1", "2")))
        .contains("\"subtract\"", "it exports add");
  }

  @Test
  void aWrongNumberOfInputsIsAnErrorThatSaysHowManyThereShouldBe() {
    assertThat(reasonOf(run(SampleModule.ADD, "add", "1"))).contains("add takes 2 inputs", "got 1");
    assertThat(reasonOf(run(SampleModule.TRAP, "trap", "1"))).contains("trap takes no inputs");
  }

  @ParameterizedTest
  @CsvSource({"x", "1.5", "2147483648", "''"})
  void anInputThatIsNotOfItsTypeIsAnErrorThatNamesIt(String input) {
    assertThat(reasonOf(run(SampleModule.ADD, "add", "1", input)))
        .contains("input 2 of add must be an i32", "not \"" + input + "\"");
  }

  @Test
  void whatIsNoModuleDoesNotCompile() {
    assertThat(reasonOf(SANDBOX.run(WasmCall.of(Bytes.wrap("no module".getBytes(UTF_8)), "f"))))
        .startsWith("the module does not compile: ");
  }

  @Property(tries = 300)
  void noBytesBreakTheSandbox(@ForAll byte[] noise) {
    byte[] bytes = new byte[noise.length + 8];
    System.arraycopy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, bytes, 0, 8);
    System.arraycopy(noise, 0, bytes, 8, noise.length);

    assertThat(HASTY.run(WasmCall.of(Bytes.wrap(bytes), "f")))
        .isInstanceOf(WasmOutcome.Failed.class);
  }

  @Test
  void anEndlessLoopEndsAtTheLimitAndLeavesItsThreadUsable() {
    assertThat(reasonOf(HASTY.run(WasmCall.of(SampleModule.ENDLESS.bytes(), "endless"))))
        .contains("longer than 100 ms");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aFunctionThatCallsItselfForeverIsAnError() {
    assertThat(reasonOf(runText("(module (func $f (export \"f\") (call $f)))"))).isNotEmpty();
  }

  @Test
  void memoryGrowsToTheLimitAndNotBeyond() {
    assertThat(run(SampleModule.HOARD, "hoard", "15")).isEqualTo(new WasmOutcome.Completed("16"));
    assertThat(reasonOf(run(SampleModule.HOARD, "hoard", "16"))).contains("unreachable");
  }

  @Test
  void aModuleThatDeclaresMoreMemoryThanTheLimitIsRefused() {
    assertThat(reasonOf(runText("(module (memory 17) (func (export \"f\")))")))
        .isEqualTo("the module needs 17 pages of memory, the limit is 16");
  }

  @Test
  void anImportThatIsNotThereIsAnError() {
    assertThat(reasonOf(runText("(module (import \"env\" \"open\" (func)) (func (export \"f\")))")))
        .contains("open");
  }

  @Test
  void anInterruptCancels() throws InterruptedException, ExecutionException {
    FutureTask<WasmOutcome> task =
        new FutureTask<>(() -> SANDBOX.run(WasmCall.of(SampleModule.ENDLESS.bytes(), "endless")));
    Thread thread = new Thread(task);
    thread.start();

    thread.interrupt();

    assertThat(task.get()).isEqualTo(new WasmOutcome.Cancelled());
  }

  private static WasmOutcome run(SampleModule module, String function, String... inputs) {
    return SANDBOX.run(WasmCall.of(module.bytes(), function, inputs));
  }

  private static WasmOutcome runText(String wat) {
    return SANDBOX.run(WasmCall.of(Bytes.wrap(Wat2Wasm.parse(wat)), "f"));
  }

  private static String reasonOf(WasmOutcome outcome) {
    assertThat(outcome).isInstanceOf(WasmOutcome.Failed.class);
    return ((WasmOutcome.Failed) outcome).reason();
  }
}
