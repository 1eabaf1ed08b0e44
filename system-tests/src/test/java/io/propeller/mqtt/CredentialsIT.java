package io.propeller.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Credentials;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.Secret;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.Mosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client shows the broker, and what of it shows elsewhere. */
class CredentialsIT {

  private static final String PASSWORD = "correct horse";

  @Test
  void aPasswordThatChangesInItsFileIsUsedForTheNextConnection(@TempDir Path folder)
      throws Exception {
    Path passwords = Files.writeString(folder.resolve("passwords"), "operator:" + hash(PASSWORD));
    Path username = Files.writeString(folder.resolve("username"), "operator\n");
    Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
    Ear ear = new Ear();
    try (Mosquitto broker =
        Mosquitto.start(List.of("allow_anonymous false", "password_file " + passwords))) {
      BrokerOptions options =
          BrokerOptions.builder()
              .address(broker.address())
              .credentials(new Credentials(Secret.file(username), Secret.file(password)))
              .minBackoff(Duration.ofMillis(20))
              .maxBackoff(Duration.ofMillis(200))
              .build();
      try (OperatorChannel operator =
          MqttBroker.of(options)
              .open(OperatorChannelOptions.builder().channel(Channel.of("d", "c")).build(), ear)) {
        Eventually.until(
            "refused", () -> operator.status().state() instanceof ConnectionState.Disconnected);

        Files.writeString(password, PASSWORD + "\n");

        Eventually.until(
            "connected", () -> operator.status().state() instanceof ConnectionState.Connected);
      }
      assertThat(options + " " + ear.states)
          .containsIgnoringCase("not")
          .doesNotContain("hunter2")
          .doesNotContain(PASSWORD);
    }
  }

  /** Returns a line's end of Mosquitto's password file. */
  private static String hash(String password) throws GeneralSecurityException {
    byte[] salt = "twelve bytes".getBytes(UTF_8);
    int rounds = 101;
    byte[] hash =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, 512))
            .getEncoded();
    Base64.Encoder base64 = Base64.getEncoder();
    return "$7$%d$%s$%s%n"
        .formatted(rounds, base64.encodeToString(salt), base64.encodeToString(hash));
  }
}
