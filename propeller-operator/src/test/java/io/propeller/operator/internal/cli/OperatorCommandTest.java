package io.propeller.operator.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.Qos;
import io.propeller.mqtt.topic.Channel;
import io.propeller.operator.OperatorOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorCommandTest {

  private final List<OperatorOptions> received = new ArrayList<>();

  @Test
  void flags_become_options() throws Exception {
    assertThat(
            run(
                "--mqtt-address=tcp://broker:1883",
                "--mqtt-qos=2",
                "--mqtt-timeout=5s",
                "--domain-id=d",
                "--channel-id=c",
                "--client-id=me",
                "--client-key=secret",
                "--liveliness-interval=250ms",
                "--last-seen-threshold=1m30s",
                "--status-refresh=0s",
                "--leader-elect",
                "--health-probe-bind-address=127.0.0.1:9000",
                "--metrics-bind-address=0"))
        .isEmpty();

    OperatorOptions options = received.get(0);
    assertThat(options.mqttAddress()).isEqualTo(BrokerAddress.parse("tcp://broker:1883"));
    assertThat(options.mqttQos()).isEqualTo(Qos.EXACTLY_ONCE);
    assertThat(options.mqttTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.channel()).isEqualTo(Channel.of("d", "c"));
    assertThat(options.clientId()).isEqualTo("me");
    assertThat(options.clientKey().orElseThrow().reveal()).isEqualTo("secret");
    assertThat(options.livelinessInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(options.lastSeenThreshold()).isEqualTo(Duration.ofSeconds(90));
    assertThat(options.statusRefresh()).isZero();
    assertThat(options.leaderElect()).isTrue();
    assertThat(options.healthProbeBindAddress())
        .contains(new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 9000));
    assertThat(options.metricsBindAddress()).isEmpty();
  }

  @Test
  void the_later_names_mean_the_same() {
    assertThat(run("--mqtt-address=b:1", "--tenant-id=t", "--channel-id=c", "--entity-id=e"))
        .isEmpty();

    assertThat(received.get(0).channel()).isEqualTo(Channel.of("t", "c"));
    assertThat(received.get(0).clientId()).isEqualTo("e");
  }

  @Test
  void what_is_left_out_comes_from_the_environment_under_either_name() {
    String error =
        run(
            Map.of(
                "PROPELLER_MQTT_ADDRESS", "tcp://broker:1883",
                "PROPELLER_TENANT_ID", "t",
                "PROPELLER_CHANNEL_ID", "from-environment",
                "PROPELLER_CLIENT_KEY_FILE", "/run/key"),
            "--channel-id=from-flag");

    assertThat(error).isEmpty();
    assertThat(received.get(0).channel()).isEqualTo(Channel.of("t", "from-flag"));
    assertThat(received.get(0).clientKey()).hasToString("Optional[*** (/run/key)]");
  }

  @Test
  void defaults_are_those_that_help_names() {
    assertThat(run("--mqtt-address=b:1", "--domain-id=d", "--channel-id=c")).isEmpty();

    OperatorOptions options = received.get(0);
    assertThat(options)
        .isEqualTo(
            OperatorOptions.builder()
                .mqttAddress(BrokerAddress.parse("b:1"))
                .channel(Channel.of("d", "c"))
                .healthProbeBindAddress(new InetSocketAddress(8081))
                .metricsBindAddress(new InetSocketAddress(8080))
                .coordinatorBindAddress(new InetSocketAddress(8082))
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --mqtt-qos=3                    | --mqtt-qos
          --mqtt-address=http://b         | --mqtt-address
          --domain-id=a/b                 | --domain-id
          --channel-id=+                  | --channel-id
          --mqtt-timeout=soon             | --mqtt-timeout
          --mqtt-timeout=0s               | --mqtt-timeout
          --health-probe-bind-address=x   | --health-probe-bind-address
          --metrics-bind-address=:http    | --metrics-bind-address
          --coordinator-bind-address=x    | --coordinator-bind-address
          --coordinator-url=operator:8082 | --coordinator-url
          --what                          | --what
          """)
  void a_bad_value_is_one_line_that_names_the_flag(String flag, String named) {
    String error = run("--mqtt-address=b:1", "--domain-id=d", "--channel-id=c", flag);

    assertThat(error).contains(named).hasLineCount(1);
    assertThat(received).isEmpty();
  }

  @Test
  void a_missing_flag_is_named() {
    assertThat(run("--mqtt-address=b:1", "--domain-id=d")).contains("--channel-id").hasLineCount(1);
  }

  @Test
  void a_key_and_a_key_file_exclude_each_other() {
    assertThat(
            run(
                "--mqtt-address=b:1",
                "--domain-id=d",
                "--channel-id=c",
                "--client-key=k",
                "--client-key-file=f"))
        .contains("--client-key and --client-key-file");
  }

  @Test
  void the_key_is_in_no_text() {
    run("--mqtt-address=b:1", "--domain-id=d", "--channel-id=c", "--client-key=hunter2");

    assertThat(received.get(0).toString()).doesNotContain("hunter2");
  }

  @Test
  void a_file_of_credentials_for_registries_is_looked_at_when_the_operator_starts(
      @TempDir Path folder) throws Exception {
    Path file = folder.resolve(".dockerconfigjson");
    Files.writeString(file, "{\"auths\":{\"registry.example.com\":{\"auth\":\"dTpodW50ZXIy\"}}}");
    String[] flags = {"--mqtt-address=b:1", "--domain-id=d", "--channel-id=c"};
    Map<String, String> environment = Map.of("PROPELLER_REGISTRY_AUTH_FILE", file.toString());

    assertThat(run(environment, flags)).isEmpty();
    assertThat(received.get(0).registryAuthFile()).contains(file);

    Files.writeString(file, "{\"auths\":{\"registry.example.com\":\n{\"auth\":hunter2}}}");
    assertThat(run(environment, flags))
        .contains("--registry-auth-file", file.toString(), "line 2", "Docker config.json")
        .doesNotContain("hunter2")
        .hasLineCount(1);

    Files.delete(file);
    assertThat(run(environment, flags))
        .contains("--registry-auth-file", file.toString(), "NoSuchFile", "Docker config.json")
        .hasLineCount(1);
    assertThat(received).hasSize(1);
  }

  private String run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private String run(Map<String, String> environment, String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    int code;
    try {
      code =
          OperatorCommand.execute(
              arguments,
              environment,
              options -> {
                received.add(options);
                return 0;
              });
    } finally {
      System.setErr(before);
    }
    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(code).isEqualTo(text.isEmpty() ? 0 : 2);
    return text;
  }
}
