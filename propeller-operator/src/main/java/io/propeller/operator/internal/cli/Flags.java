package io.propeller.operator.internal.cli;

import io.propeller.operator.OperatorOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Flags that go together. Each sets an option, unless it is given neither value nor default. */
abstract class Flags {

  final OperatorOptions.Builder options;

  Flags(OperatorOptions.Builder options) {
    this.options = options;
  }

  /** Sets an option; with null, which stands for a flag that is not there, does nothing. */
  static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}
