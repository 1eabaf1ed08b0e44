package io.propeller.operator.internal.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes what the command line leaves out from variables such as {@code PROPELLER_MQTT_ADDRESS}. */
final class EnvironmentDefaults implements IDefaultValueProvider {

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    for (String name : option.names()) {
      String value = environment.get(variable(name));
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  static String variable(String option) {
    return "PROPELLER_" + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
