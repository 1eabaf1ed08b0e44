package io.propeller.operator.internal.cli;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from the manifest of the jar. */
final class ImplementationVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = OperatorCommand.class.getPackage().getImplementationVersion();
    return new String[] {"propeller-operator " + (version == null ? "(not packaged)" : version)};
  }
}
