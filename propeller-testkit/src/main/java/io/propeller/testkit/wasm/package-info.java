/**
 * Runs WebAssembly modules that nobody trusts.
 *
 * <p>{@link io.propeller.testkit.wasm.WasmSandbox} runs a function of a module within limits;
 * {@link io.propeller.testkit.wasm.SampleModule} has modules to run, and {@link
 * io.propeller.testkit.wasm.Component} makes components of commands, for workers that want those.
 */
@NullMarked
package io.propeller.testkit.wasm;

import org.jspecify.annotations.NullMarked;
