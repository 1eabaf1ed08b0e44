package io.propeller.testkit.wasm;

import run.endive.wasm.WasmModule;

/** A module that has been read, and which of its functions is called. Immutable. */
public final class LoadedModule {

  private final WasmModule module;
  private final String program;
  private final String function;

  LoadedModule(WasmModule module, String program, String function) {
    this.module = module;
    this.program = program;
    this.function = function;
  }

  WasmModule module() {
    return module;
  }

  /** Returns what the program is called, as its first argument says. */
  String program() {
    return program;
  }

  String function() {
    return function;
  }
}
