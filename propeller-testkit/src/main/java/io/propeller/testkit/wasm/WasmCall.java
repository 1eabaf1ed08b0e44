package io.propeller.testkit.wasm;

import io.propeller.mqtt.message.Bytes;
import java.util.List;
import java.util.Map;

/**
 * A function of a module and what it is given.
 *
 * @param module in the binary format; a core module, or a component with a command in it
 * @param function the export to call; where there is none of that name, {@code main}, {@code run}
 *     or {@code _start} is called
 * @param inputs the function's arguments, as text
 * @param arguments the program's arguments, without its name, for modules that use WASI
 * @param environment the environment variables, for modules that use WASI
 */
public record WasmCall(
    Bytes module,
    String function,
    List<String> inputs,
    List<String> arguments,
    Map<String, String> environment) {

  /** Copies the lists and the map. */
  public WasmCall {
    inputs = List.copyOf(inputs);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** Returns a call without program arguments and environment. */
  public static WasmCall of(Bytes module, String function, String... inputs) {
    return new WasmCall(module, function, List.of(inputs), List.of(), Map.of());
  }
}
