package io.propeller.testkit.pod;

import io.propeller.testkit.wasm.SampleModule;
import io.propeller.testkit.wasm.WasmCall;
import io.propeller.testkit.wasm.WasmLimits;
import io.propeller.testkit.wasm.WasmOutcome;
import io.propeller.testkit.wasm.WasmSandbox;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Calls a sample module once.
 *
 * @param message takes the result, or what went wrong
 */
record SampleCall(TerminationMessage message) {

  private static final WasmLimits LIMITS = WasmLimits.DEFAULT.withTime(Duration.ofHours(1));

  /** Calls the module that the first argument names with the others, and returns the exit code. */
  int run(List<String> arguments, Map<String, String> environment) throws InterruptedException {
    WasmOutcome outcome = call(arguments, environment);
    if (outcome instanceof WasmOutcome.Completed completed) {
      message.leave(completed.output());
      return 0;
    }
    message.leave(outcome instanceof WasmOutcome.Failed failed ? failed.reason() : "cancelled");
    return 1;
  }

  private static WasmOutcome call(List<String> arguments, Map<String, String> environment)
      throws InterruptedException {
    SampleModule module;
    try {
      module = SampleModule.valueOf(arguments.get(0).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return new WasmOutcome.Failed(
          "there is no sample module %s; there are %s"
              .formatted(
                  arguments.get(0),
                  Arrays.toString(SampleModule.values()).toLowerCase(Locale.ROOT)));
    }
    List<String> inputs = arguments.subList(1, arguments.size());
    return new WasmSandbox(LIMITS)
        .run(
            module == SampleModule.HELLO
                ? new WasmCall(module.bytes(), module.function(), List.of(), inputs, environment)
                : new WasmCall(module.bytes(), module.function(), inputs, List.of(), environment));
  }
}
