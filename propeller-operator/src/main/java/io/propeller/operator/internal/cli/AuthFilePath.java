package io.propeller.operator.internal.cli;

import io.propeller.operator.internal.module.AuthFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file with credentials for registries, and looks whether it is one. */
final class AuthFilePath implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    try {
      Path path = Path.of(text);
      new AuthFile(path).check();
      return path;
    } catch (InvalidPathException | IOException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
