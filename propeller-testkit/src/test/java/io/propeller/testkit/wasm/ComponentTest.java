package io.propeller.testkit.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.propeller.mqtt.message.Bytes;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentTest {

  private static final Bytes COMPONENT = Component.ofCommand(SampleModule.HELLO.bytes());

  @Test
  void aCommandIsCutOutAsItWasPutIn() {
    assertThat(Component.isComponent(COMPONENT)).isTrue();
    assertThat(Component.isComponent(SampleModule.HELLO.bytes())).isFalse();
    assertThat(Component.command(COMPONENT)).isEqualTo(SampleModule.HELLO.bytes());
  }

  @Test
  void itHasFourCoreModulesOfWhichTheCommandIsTheSecond() {
    List<byte[]> modules = ComponentReader.coreModules(COMPONENT.toByteArray());

    assertThat(modules).hasSize(4);
    assertThat(Bytes.wrap(modules.get(1))).isEqualTo(SampleModule.HELLO.bytes());
  }

  @Test
  void theSandboxRunsTheCommandInIt() {
    WasmOutcome outcome = new WasmSandbox(WasmLimits.DEFAULT).run(WasmCall.of(COMPONENT, "_start"));

    assertThat(outcome).isEqualTo(new WasmOutcome.Completed("hello, world"));
  }

  @Property(tries = 50)
  void whatIsCutShortIsRefusedOrLosesSectionsButNothingElseHappens(
      @ForAll @IntRange(min = 0, max = 1_500) int kept) {
    byte[] bytes = COMPONENT.toByteArray();
    Bytes cut = Bytes.wrap(Arrays.copyOf(bytes, Math.min(kept, bytes.length)));

    try {
      assertThat(Component.command(cut)).isEqualTo(SampleModule.HELLO.bytes());
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("the module .*|the component .*|none of .*");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (module) | the module exports no _start
          (module (func (export "_start"))) | the module exports no memory
          (module (import "wasi_snapshot_preview1" "random_get" (func (param i32 i32) (result i32))) (memory (export "memory") 1) (func (export "_start"))) | imports wasi_snapshot_preview1.random_get, which
          (module (import "env" "fd_write" (func)) (memory (export "memory") 1) (func (export "_start"))) | imports env.fd_write, which
          """)
  void aModuleThatNoComponentCanBeMadeOfIsRefused(String module, String reason) {
    Bytes command = Bytes.wrap(Wat2Wasm.parse(module));

    assertThatThrownBy(() -> Component.ofCommand(command))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aComponentIsNoCommand() {
    assertThatThrownBy(() -> Component.ofCommand(COMPONENT))
        .hasMessageStartingWith("not a core module: ");
    assertThatThrownBy(() -> Component.command(SampleModule.HELLO.bytes()))
        .hasMessage("the module is not a component");
  }
}
