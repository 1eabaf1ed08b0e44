package io.propeller.testkit.wasm;

/** What came of a call. */
public sealed interface WasmOutcome {

  /**
   * The function returned.
   *
   * @param output its first value as text, empty if it returns none; of a WASI command ({@code
   *     _start}) what it wrote to its standard output and then, after a newline, to its standard
   *     error
   */
  record Completed(String output) implements WasmOutcome {}

  /**
   * It did not, or could not be called.
   *
   * @param reason what is wrong, in one line
   */
  record Failed(String reason) implements WasmOutcome {}

  /** The thread was interrupted while it ran. */
  record Cancelled() implements WasmOutcome {}
}
