package io.propeller.operator.internal.cli;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.Qos;
import io.propeller.mqtt.topic.ChannelId;
import io.propeller.mqtt.topic.DomainId;
import io.propeller.operator.OperatorOptions;
import io.propeller.operator.internal.module.Network;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The command line of the operator: its flags, and the variables that stand in for them. */
@Command(
    name = "propeller-operator",
    mixinStandardHelpOptions = true,
    versionProvider = ImplementationVersion.class,
    usageHelpAutoWidth = true,
    description = "Runs WebAssembly tasks on proplets, as Kubernetes resources say.",
    footer = {
      "",
      "Each option is also read from the environment: --mqtt-address from PROPELLER_MQTT_ADDRESS.",
      "Durations are written as in 30s, 1m30s or 250ms."
    })
public final class OperatorCommand implements Callable<Integer> {

  /** What is done with the options. */
  @FunctionalInterface
  public interface Action {

    /** Runs the operator until it is told to end, and returns the exit code. */
    int run(OperatorOptions options) throws Exception;
  }

  private final Action action;
  private final OperatorOptions.Builder options;

  private OperatorCommand(Action action, OperatorOptions.Builder options) {
    this.action = action;
    this.options = options;
  }

  /**
   * Runs a command line.
   *
   * @return the exit code: 0, 1 when the operator failed, 2 when the command line is wrong; what is
   *     wrong is one line on standard error
   */
  public static int execute(String[] arguments, Map<String, String> environment, Action action) {
    OperatorOptions.Builder options = OperatorOptions.builder();
    CommandLine command = new CommandLine(new OperatorCommand(action, options));
    return command
        .addMixin("broker", new BrokerFlags(options, command))
        .addMixin("devices", new DeviceFlags(options))
        .addMixin("modules", new ModuleFlags(options))
        .addMixin("coordinator", new CoordinatorFlags(options))
        .addMixin("cluster", new ClusterFlags(options))
        .registerConverter(Duration.class, new GoDuration())
        .registerConverter(BrokerAddress.class, checked(BrokerAddress::parse))
        .registerConverter(DomainId.class, checked(DomainId::of))
        .registerConverter(ChannelId.class, checked(ChannelId::of))
        .registerConverter(Network.class, checked(Network::parse))
        .registerConverter(BindAddress.class, checked(BindAddress::parse))
        .registerConverter(Qos.class, OperatorCommand::qos)
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .setParameterExceptionHandler(
            (e, args) -> {
              complain(e.getCommandLine(), e.getMessage() + " (see --help)");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, failed, result) -> {
              complain(failed, e.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(arguments);
  }

  private static <T> ITypeConverter<T> checked(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "': " + e.getMessage());
      }
    };
  }

  private static Qos qos(String text) {
    return switch (text) {
      case "0" -> Qos.AT_MOST_ONCE;
      case "1" -> Qos.AT_LEAST_ONCE;
      case "2" -> Qos.EXACTLY_ONCE;
      default -> throw new TypeConversionException("'" + text + "' is not 0, 1 or 2");
    };
  }

  private static void complain(CommandLine command, @Nullable String message) {
    PrintWriter err = command.getErr();
    err.println("propeller-operator: " + String.valueOf(message).lines().findFirst().orElse(""));
    err.flush();
  }

  @Override
  public Integer call() throws Exception {
    return action.run(options.build());
  }
}
