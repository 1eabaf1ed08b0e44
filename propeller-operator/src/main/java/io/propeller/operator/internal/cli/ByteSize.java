package io.propeller.operator.internal.cli;

import io.propeller.operator.internal.resources.Quantities;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many bytes a size such as {@code 10Gi} is. */
final class ByteSize implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    try {
      return Quantities.positiveBytes(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is not a size such as 10Gi or 500M");
    }
  }
}
