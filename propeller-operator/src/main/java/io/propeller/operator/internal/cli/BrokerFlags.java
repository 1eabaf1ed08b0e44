package io.propeller.operator.internal.cli;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.Qos;
import io.propeller.mqtt.client.Secret;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.ChannelId;
import io.propeller.mqtt.topic.DomainId;
import io.propeller.operator.OperatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Flags about the broker, and what the operator is there. */
final class BrokerFlags extends Flags {

  private final CommandLine command;
  private @Nullable DomainId domain;
  private @Nullable ChannelId channel;
  private boolean hasKey;

  BrokerFlags(OperatorOptions.Builder options, CommandLine command) {
    super(options);
    this.command = command;
  }

  @Option(
      names = "--mqtt-address",
      required = true,
      paramLabel = "ADDRESS",
      description = "broker: tcp://, mqtt://, ssl://, mqtts:// or host:port")
  void address(@Nullable BrokerAddress value) {
    set(value, options::mqttAddress);
  }

  @Option(
      names = "--mqtt-qos",
      paramLabel = "0..2",
      description = "quality of service (default: 1)")
  void qos(@Nullable Qos value) {
    set(value, options::mqttQos);
  }

  @Option(
      names = "--mqtt-timeout",
      paramLabel = "DURATION",
      description = "how long the broker may take to answer (default: 30s)")
  void timeout(@Nullable Duration value) {
    set(value, options::mqttTimeout);
  }

  @Option(
      names = {"--domain-id", "--tenant-id"},
      required = true,
      paramLabel = "ID",
      description = "domain of the channel that is served")
  void domain(@Nullable DomainId value) {
    domain = value;
    channel();
  }

  @Option(
      names = "--channel-id",
      required = true,
      paramLabel = "ID",
      description = "channel that is served")
  void channel(@Nullable ChannelId value) {
    channel = value;
    channel();
  }

  private void channel() {
    if (domain != null && channel != null) {
      options.channel(new Channel(domain, channel));
    }
  }

  @Option(
      names = {"--client-id", "--entity-id"},
      paramLabel = "ID",
      description = "identity at the broker (default: propeller-controller)")
  void clientId(@Nullable String value) {
    set(value, options::clientId);
  }

  @Option(
      names = {"--client-key", "--api-key"},
      paramLabel = "KEY",
      description = "password at the broker; better in a file")
  void clientKey(@Nullable String value) {
    key(value, Secret::of);
  }

  @Option(
      names = "--client-key-file",
      paramLabel = "FILE",
      description = "file with the password at the broker")
  void clientKeyFile(@Nullable Path value) {
    key(value, Secret::file);
  }

  private <T> void key(@Nullable T value, Function<T, Secret> reader) {
    if (value == null) {
      return;
    }
    if (hasKey) {
      throw new ParameterException(
          command, "--client-key and --client-key-file exclude each other");
    }
    hasKey = true;
    options.clientKey(reader.apply(value));
  }
}
