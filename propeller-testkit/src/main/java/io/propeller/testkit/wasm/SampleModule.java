package io.propeller.testkit.wasm;

import io.propeller.mqtt.message.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Small WebAssembly modules to test with, each with an export of its own name. */
public enum SampleModule {
  /** {@code add(i32, i32)} returns the sum, an i32. */
  ADD,
  /** {@code fibonacci(i32)} returns the Fibonacci number of that index, an i64. */
  FIBONACCI,
  /** {@code mean(f64, f64)} returns the number half-way between, an f64. */
  MEAN,
  /** A WASI command ({@code _start}) that writes {@code hello, } and its first argument. */
  HELLO,
  /** {@code trap()} traps. */
  TRAP,
  /** {@code endless()} never returns. */
  ENDLESS,
  /** {@code hoard(i32)} takes that many pages of 64 KiB, and traps if it does not get them. */
  HOARD;

  /** Returns the name of the function that the module exports. */
  public String function() {
    return this == HELLO ? "_start" : lowerCaseName();
  }

  /** Returns the module, in the binary format. */
  public Bytes bytes() {
    String file = lowerCaseName() + ".wasm";
    try (InputStream module = SampleModule.class.getResourceAsStream(file)) {
      if (module == null) {
        throw new IllegalStateException(file + " is missing beside " + SampleModule.class);
      }
      return Bytes.wrap(module.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
