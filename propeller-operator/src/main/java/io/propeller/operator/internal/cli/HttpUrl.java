package io.propeller.operator.internal.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the URL of a server that others are told of. */
final class HttpUrl implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    if (!text.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
      throw new TypeConversionException(
          "'" + text + "' is not an address such as http://operator.example.com:8082");
    }
    return text;
  }
}
