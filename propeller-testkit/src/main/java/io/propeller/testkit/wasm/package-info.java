/**
 * Runs WebAssembly modules that nobody trusts.
 *
 * <p>{@link io.propeller.testkit.wasm.WasmSandbox} runs a function of a module within limits;
 * {@link io.propeller.testkit.wasm.SampleModule} has modules to run.
 */
@NullMarked
package io.propeller.testkit.wasm;

import org.jspecify.annotations.NullMarked;
