package io.propeller.testkit.wasm;

import io.propeller.mqtt.message.Bytes;
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
  HOARD,
  /**
   * A WASI command ({@code _start}) that trains for a round of federated learning: see {@link
   * io.propeller.testkit.training}.
   */
  TRAIN,
  /** {@link #TRAIN} as a component, as a Rust worker needs it. */
  TRAIN_COMPONENT;

  /** Returns the name of the function that the module exports. */
  public String function() {
    return switch (this) {
      case HELLO, TRAIN, TRAIN_COMPONENT -> "_start";
      default -> lowerCaseName();
    };
  }

  /** Returns the module, in the binary format. */
  public Bytes bytes() {
    return Bytes.wrap(Resources.read(lowerCaseName() + ".wasm"));
  }

  private String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
