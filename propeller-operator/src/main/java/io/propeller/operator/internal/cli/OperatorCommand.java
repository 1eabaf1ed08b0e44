package io.propeller.operator.internal.cli;

import static java.util.Objects.requireNonNull;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.Qos;
import io.propeller.mqtt.client.Secret;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.ChannelId;
import io.propeller.mqtt.topic.DomainId;
import io.propeller.operator.OperatorOptions;
import io.propeller.operator.internal.module.Network;
import io.propeller.operator.internal.resources.Quantities;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line of the operator: its flags, and the variables that stand in for them. */
@Command(
    name = "propeller-operator",
    mixinStandardHelpOptions = true,
    versionProvider = ImplementationVersion.class,
    sortOptions = false,
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

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--mqtt-address",
      required = true,
      paramLabel = "ADDRESS",
      description = "broker: tcp://, mqtt://, ssl://, mqtts:// or host:port")
  private @Nullable BrokerAddress mqttAddress;

  @Option(
      names = "--mqtt-qos",
      paramLabel = "0..2",
      defaultValue = "1",
      description = "quality of service (default: 1)")
  private Qos mqttQos = Qos.AT_LEAST_ONCE;

  @Option(
      names = "--mqtt-timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "how long the broker may take to answer (default: 30s)")
  private Duration mqttTimeout = Duration.ZERO;

  @Option(
      names = {"--domain-id", "--tenant-id"},
      required = true,
      paramLabel = "ID",
      description = "domain of the channel that is served")
  private @Nullable DomainId domainId;

  @Option(
      names = "--channel-id",
      required = true,
      paramLabel = "ID",
      description = "channel that is served")
  private @Nullable ChannelId channelId;

  @Option(
      names = {"--client-id", "--entity-id"},
      paramLabel = "ID",
      defaultValue = "propeller-controller",
      description = "identity at the broker (default: propeller-controller)")
  private String clientId = "";

  @Option(
      names = {"--client-key", "--api-key"},
      paramLabel = "KEY",
      description = "password at the broker; better in a file")
  private Optional<String> clientKey = Optional.empty();

  @Option(
      names = "--client-key-file",
      paramLabel = "FILE",
      description = "file with the password at the broker")
  private Optional<Path> clientKeyFile = Optional.empty();

  @Option(
      names = "--liveliness-interval",
      paramLabel = "DURATION",
      defaultValue = "1s",
      description = "how often it is checked who has gone silent (default: 1s)")
  private Duration livelinessInterval = Duration.ZERO;

  @Option(
      names = "--last-seen-threshold",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "how long a proplet may be silent before it is offline (default: 30s)")
  private Duration lastSeenThreshold = Duration.ZERO;

  @Option(
      names = "--status-refresh",
      paramLabel = "DURATION",
      converter = GoDuration.OrNothing.class,
      defaultValue = "0s",
      description =
          "how often the status of a proplet is written while only time passes, such as 60s; 0s for"
              + " never (default: 0s)")
  private Duration statusRefresh = Duration.ZERO;

  @Option(
      names = "--watch-namespaces",
      paramLabel = "NAME",
      split = ",",
      description = "namespaces to serve, separated by commas (default: all)")
  private Set<String> watchNamespaces = Set.of();

  @Option(
      names = "--model-store",
      paramLabel = "FOLDER",
      description = "folder of models, and of results too large for a status (default: none)")
  private Optional<Path> modelStore = Optional.empty();

  @Option(
      names = "--model-store-limit",
      paramLabel = "SIZE",
      description =
          "how much that folder may hold, as in 10Gi; what is needed no more goes first (default:"
              + " as much as there is room for)")
  private Optional<String> modelStoreLimit = Optional.empty();

  @Option(
      names = "--register-in",
      paramLabel = "NAMESPACE",
      description =
          "make Proplets there of devices that announce themselves; they take tasks once"
              + " spec.unschedulable is false (default: none are made)")
  private Optional<String> registerIn = Optional.empty();

  @Option(
      names = "--register-limit",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "how many such Proplets may wait for that (default: 100)")
  private int registerLimit;

  @Option(
      names = "--registry-hosts",
      paramLabel = "HOST",
      split = ",",
      description =
          "registries that modules of devices may be fetched from, and hosts that those send on to,"
              + " separated by commas; http://HOST for one without TLS (default: none)")
  private Set<String> registryHosts = Set.of();

  @Option(
      names = "--registry-networks",
      paramLabel = "CIDR",
      split = ",",
      description = "networks such hosts may be on though they are not public (default: none)")
  private Set<Network> registryNetworks = Set.of();

  @Option(
      names = "--leader-elect",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "let only one of several operators work at a time")
  private boolean leaderElect;

  @Option(
      names = "--health-probe-bind-address",
      paramLabel = "ADDRESS",
      defaultValue = ":8081",
      description = "where /livez and /readyz are served, 0 for nowhere (default: :8081)")
  private String healthProbeBindAddress = "";

  @Option(
      names = "--metrics-bind-address",
      paramLabel = "ADDRESS",
      defaultValue = ":8080",
      description = "where /metrics is served, 0 for nowhere (default: :8080)")
  private String metricsBindAddress = "";

  @Option(
      names = "--coordinator-bind-address",
      paramLabel = "ADDRESS",
      defaultValue = ":8082",
      description =
          "where workers that train get models and post updates, 0 for nowhere (default: :8082)")
  private String coordinatorBindAddress = "";

  @Option(
      names = "--coordinator-url",
      paramLabel = "URL",
      description =
          "where workers reach that address (default: http://, the machine's name and the port)")
  private Optional<String> coordinatorUrl = Optional.empty();

  @Option(
      names = "--data-store-url",
      paramLabel = "URL",
      description = "where workers that train find their data (default: they are told of none)")
  private Optional<String> dataStoreUrl = Optional.empty();

  @Option(
      names = "--accept-round-start",
      paramLabel = "NAMESPACE",
      description =
          "make TrainingRounds there when a coordinator on the channel asks for rounds (default:"
              + " none are made)")
  private Optional<String> acceptRoundStart = Optional.empty();

  @Option(
      names = "--pod-name",
      paramLabel = "NAME",
      description = "pod that the operator runs in, in its own namespace (default: none)")
  private Optional<String> podName = Optional.empty();

  @Option(
      names = "--pod-uid",
      paramLabel = "UID",
      description = "uid of that pod, which gets events of the operator itself (default: none)")
  private Optional<String> podUid = Optional.empty();

  private OperatorCommand(Action action) {
    this.action = action;
  }

  /**
   * Runs a command line.
   *
   * @return the exit code: 0, 1 when the operator failed, 2 when the command line is wrong; what is
   *     wrong is one line on standard error
   */
  public static int execute(String[] arguments, Map<String, String> environment, Action action) {
    return new CommandLine(new OperatorCommand(action))
        .registerConverter(Duration.class, new GoDuration())
        .registerConverter(BrokerAddress.class, checked(BrokerAddress::parse))
        .registerConverter(DomainId.class, checked(DomainId::of))
        .registerConverter(ChannelId.class, checked(ChannelId::of))
        .registerConverter(Network.class, checked(Network::parse))
        .registerConverter(Qos.class, OperatorCommand::qos)
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .setParameterExceptionHandler(
            (e, args) -> {
              complain(e.getCommandLine(), e.getMessage() + " (see --help)");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              complain(command, e.getMessage());
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
    return action.run(options());
  }

  private OperatorOptions options() {
    try {
      return OperatorOptions.builder()
          .mqttAddress(requireNonNull(mqttAddress))
          .mqttQos(mqttQos)
          .mqttTimeout(mqttTimeout)
          .channel(new Channel(requireNonNull(domainId), requireNonNull(channelId)))
          .clientId(clientId)
          .clientKey(key())
          .livelinessInterval(livelinessInterval)
          .lastSeenThreshold(lastSeenThreshold)
          .statusRefresh(statusRefresh)
          .watchNamespaces(watchNamespaces)
          .modelStore(modelStore)
          .modelStoreLimit(modelStoreLimit.map(OperatorCommand::bytes).orElse(Long.MAX_VALUE))
          .registerIn(registerIn)
          .registerLimit(registerLimit)
          .registryHosts(registryHosts)
          .registryNetworks(registryNetworks.stream().map(Network::toString).toList())
          .leaderElect(leaderElect)
          .podName(podName)
          .podUid(podUid)
          .healthProbeBindAddress(
              BindAddress.parse("--health-probe-bind-address", healthProbeBindAddress))
          .metricsBindAddress(BindAddress.parse("--metrics-bind-address", metricsBindAddress))
          .coordinatorBindAddress(
              BindAddress.parse("--coordinator-bind-address", coordinatorBindAddress))
          .coordinatorUrl(coordinatorUrl.map(url -> http("--coordinator-url", url)))
          .dataStoreUrl(dataStoreUrl)
          .acceptRoundStart(acceptRoundStart)
          .build();
    } catch (TypeConversionException e) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static long bytes(String size) {
    try {
      return Quantities.positiveBytes(size);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "Invalid value for option '--model-store-limit': '%s' is not a size such as 10Gi or 500M"
              .formatted(size));
    }
  }

  private static String http(String option, String url) {
    if (!url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
      throw new TypeConversionException(
          "Invalid value for option '%s': '%s' is not an address such as http://operator.example.com:8082"
              .formatted(option, url));
    }
    return url;
  }

  private Optional<Secret> key() {
    if (clientKey.isPresent() && clientKeyFile.isPresent()) {
      throw new TypeConversionException("--client-key and --client-key-file exclude each other");
    }
    return clientKey.map(Secret::of).or(() -> clientKeyFile.map(Secret::file));
  }
}
