package io.propeller.testkit.wasm;

import io.propeller.mqtt.message.Bytes;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.Import;

/**
 * Commands (core modules with an export {@code _start}) as components, and back. A Rust worker
 * gives back what a component prints, and of a core module only what its function returns; an
 * engine for core modules alone runs the command that is in the component. So the component serves
 * both.
 */
public final class Component {

  private static final String COMMAND = "_start";
  private static final String PREVIEW_1 = "wasi_snapshot_preview1";
  private static final Set<String> PROVIDED =
      Set.of("fd_write", "environ_sizes_get", "environ_get", "args_sizes_get", "args_get");

  private Component() {}

  /** Returns whether this is a component, by its first eight bytes. */
  public static boolean isComponent(Bytes module) {
    int preamble = Math.min(module.size(), ComponentReader.PREAMBLE.length);
    return ComponentReader.isComponent(module.slice(0, preamble).toByteArray());
  }

  /**
   * Puts a command into a component that imports {@code wasi:io} and {@code wasi:cli} 0.2.0 and
   * exports {@code wasi:cli/run}. The command has the environment and its standard output; its list
   * of arguments is empty.
   *
   * @throws IllegalArgumentException if it is not a core module, exports no {@code _start} or no
   *     {@code memory}, or imports anything but {@code fd_write}, {@code environ_sizes_get}, {@code
   *     environ_get}, {@code args_sizes_get} and {@code args_get} of WASI preview 1
   */
  public static Bytes ofCommand(Bytes command) {
    byte[] bytes = command.toByteArray();
    WasmModule module = parse(bytes);
    require(exports(module, COMMAND, ExternalType.FUNCTION), "the module exports no " + COMMAND);
    require(exports(module, "memory", ExternalType.MEMORY), "the module exports no memory");
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      require(
          imported.module().equals(PREVIEW_1) && PROVIDED.contains(imported.name()),
          "the module imports %s.%s, which the component does not have; it has %s.%s"
              .formatted(
                  imported.module(), imported.name(), PREVIEW_1, String.join(", ", PROVIDED)));
    }
    return Bytes.wrap(
        CommandComponent.of(
            bytes,
            Resources.read("component/shim.wasm"),
            Resources.read("component/allocator.wasm"),
            Resources.read("component/adapter.wasm")));
  }

  /**
   * Returns the command that is in a component: its first core module with an export {@code
   * _start}.
   *
   * @throws IllegalArgumentException if it is not a component, is cut short, or has no such module
   */
  public static Bytes command(Bytes component) {
    byte[] bytes = component.toByteArray();
    require(ComponentReader.isComponent(bytes), "the module is not a component");
    List<byte[]> modules = ComponentReader.coreModules(bytes);
    return modules.stream()
        .filter(module -> exports(parse(module), COMMAND, ExternalType.FUNCTION))
        .findFirst()
        .map(Bytes::wrap)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "none of the component's %d core modules exports %s"
                        .formatted(modules.size(), COMMAND)));
  }

  private static WasmModule parse(byte[] module) {
    try {
      return Parser.parse(module);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a core module: " + e.getMessage(), e);
    }
  }

  private static boolean exports(WasmModule module, String name, ExternalType type) {
    return IntStream.range(0, module.exportSection().exportCount())
        .mapToObj(module.exportSection()::getExport)
        .anyMatch(export -> export.name().equals(name) && export.exportType() == type);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
