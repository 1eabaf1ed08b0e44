package io.propeller.operator.internal.cli;

import io.propeller.operator.internal.resources.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the durations of options, which are longer than nothing. */
final class GoDuration implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    Duration duration = read(text);
    if (duration.isZero()) {
      throw new TypeConversionException("'" + text + "' is not longer than nothing");
    }
    return duration;
  }

  private static Duration read(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Reads those that may also be nothing. */
  static final class OrNothing implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
      return read(text);
    }
  }
}
