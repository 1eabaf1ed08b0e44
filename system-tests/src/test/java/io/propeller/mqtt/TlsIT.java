package io.propeller.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.TlsOptions;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.Mosquitto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections over TLS, to a broker that wants to see a certificate and to one that does not. */
class TlsIT {

  private static final Channel CHANNEL = Channel.of("tls", "c1");

  @TempDir private static Path folder;

  private static Certificates authority;
  private static Certificates stranger;
  private static BrokerAddress open;
  private static BrokerAddress guarded;
  private static Mosquitto broker;

  @BeforeAll
  static void startBroker() throws Exception {
    authority = new Certificates(folder, "authority");
    stranger = new Certificates(folder, "stranger");
    Certificates.Identity server = authority.issue("server");
    String certificates =
        "cafile %s\ncertfile %s\nkeyfile %s"
            .formatted(authority.authority(), server.certificate(), server.key());
    open = address();
    guarded = address();
    broker =
        Mosquitto.start(
            List.of(
                "listener " + open.port() + " 127.0.0.1",
                certificates,
                "listener " + guarded.port() + " 127.0.0.1",
                certificates,
                "require_certificate true"));
  }

  @AfterAll
  static void endBroker() {
    broker.close();
  }

  private static BrokerAddress address() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return BrokerAddress.parse("mqtts://127.0.0.1:" + free.getLocalPort());
    }
  }

  @Test
  void resultsArriveFromABrokerWhoseAuthorityIsTrusted() throws Exception {
    exchange(open, TlsOptions.builder().caCertificates(authority.authority()).build());
  }

  @Test
  void resultsArriveFromABrokerThatWantsToSeeACertificate() throws Exception {
    Certificates.Identity client = authority.issue("client");

    exchange(
        guarded,
        TlsOptions.builder()
            .caCertificates(authority.authority())
            .certificate(client.certificate())
            .key(client.key())
            .build());
  }

  @Test
  void aBrokerOfAnotherAuthorityIsNotTrusted() {
    assertThat(refusal(open, TlsOptions.builder().caCertificates(stranger.authority()).build()))
        .containsIgnoringCase("certif");
    assertThat(refusal(open, TlsOptions.builder().build())).containsIgnoringCase("certif");
  }

  @Test
  void aBrokerUnderAnotherNameIsNotTrusted() {
    BrokerAddress otherName = BrokerAddress.parse("mqtts://localhost:" + open.port());

    assertThat(
            refusal(otherName, TlsOptions.builder().caCertificates(authority.authority()).build()))
        .contains("localhost");
  }

  @Test
  void aClientWithoutACertificateIsNotLetIn() {
    refusal(guarded, TlsOptions.builder().caCertificates(authority.authority()).build());
  }

  @Test
  void aFileThatIsNoKeyIsNamed() throws Exception {
    Path noKey = Files.writeString(folder.resolve("no.key"), "hunter2");

    assertThat(
            refusal(
                guarded,
                TlsOptions.builder()
                    .caCertificates(authority.authority())
                    .certificate(authority.issue("clerk").certificate())
                    .key(noKey)
                    .build()))
        .contains("no.key")
        .doesNotContain("hunter2");
  }

  @Test
  void certificatesAreReadAgainForEachConnection() throws Exception {
    Path trusted = folder.resolve("trusted.crt");
    Files.copy(stranger.authority(), trusted);
    Ear ear = new Ear();
    try (OperatorChannel operator =
        operator(open, TlsOptions.builder().caCertificates(trusted).build(), ear)) {
      Eventually.until(
          "refused", () -> operator.status().state() instanceof ConnectionState.Disconnected);

      Files.copy(authority.authority(), trusted, StandardCopyOption.REPLACE_EXISTING);

      Eventually.until(
          "connected", () -> operator.status().state() instanceof ConnectionState.Connected);
    }
  }

  private static void exchange(BrokerAddress address, TlsOptions tls) throws Exception {
    Ear ear = new Ear();
    try (OperatorChannel operator = operator(address, tls, ear);
        WorkerChannel worker =
            MqttBroker.of(options(address, tls))
                .open(
                    WorkerChannelOptions.builder().channel(CHANNEL).id(PropletId.of("p1")).build(),
                    new Hand())) {
      Eventually.until(
          "connected", () -> operator.status().state() instanceof ConnectionState.Connected);
      worker.publish(BrokerContract.result("t1"));

      var delivery = Ear.next(ear.results);
      assertThat(delivery.message()).isEqualTo(BrokerContract.result("t1"));
      delivery.acknowledge();
    }
  }

  /** Returns why there is no connection. */
  private static String refusal(BrokerAddress address, TlsOptions tls) {
    Ear ear = new Ear();
    try (OperatorChannel operator = operator(address, tls, ear)) {
      Eventually.until(
          "refused", () -> operator.status().state() instanceof ConnectionState.Disconnected);
      assertThat(ear.states).noneMatch(ConnectionState.Connected.class::isInstance);
      return ear.states.stream()
          .filter(ConnectionState.Disconnected.class::isInstance)
          .map(state -> ((ConnectionState.Disconnected) state).reason())
          .findFirst()
          .orElseThrow();
    }
  }

  private static OperatorChannel operator(BrokerAddress address, TlsOptions tls, Ear ear) {
    return MqttBroker.of(options(address, tls))
        .open(OperatorChannelOptions.builder().channel(CHANNEL).build(), ear);
  }

  private static BrokerOptions options(BrokerAddress address, TlsOptions tls) {
    return BrokerOptions.builder()
        .address(address)
        .tls(tls)
        .minBackoff(Duration.ofMillis(20))
        .maxBackoff(Duration.ofMillis(200))
        .build();
  }
}
