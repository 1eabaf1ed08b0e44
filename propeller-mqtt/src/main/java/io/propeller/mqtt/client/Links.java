package io.propeller.mqtt.client;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import io.reactivex.schedulers.Schedulers;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/**
 * Makes connections to one broker, each with the credentials and certificates that its files hold
 * at that time.
 */
final class Links {

  private final BrokerOptions options;

  Links(BrokerOptions options) {
    this.options = options;
  }

  /**
   * Returns a link that is not connected yet.
   *
   * @throws IOException if a file with a secret or a certificate cannot be read
   * @throws GeneralSecurityException if a certificate or a key is of no use
   */
  Link create(LinkSpec spec, Link.Events events) throws IOException, GeneralSecurityException {
    MqttClientBuilder client =
        MqttClient.builder()
            .identifier(spec.clientId())
            .transportConfig(transport())
            .executorConfig()
            .nettyExecutor(Threads.EVENT_LOOPS)
            // What hears of a message hands it on at once: another thread between costs more than
            // all that is done here.
            .applicationScheduler(Schedulers.trampoline())
            .applyExecutorConfig()
            .addDisconnectedListener(context -> events.lost(LinkLoss.of(context.getCause())));
    Login login = login();
    return options.version() == BrokerOptions.Version.MQTT_5
        ? new Mqtt5Link(client.useMqttVersion5().buildAsync(), options, spec, login, events)
        : new Mqtt3Link(client.useMqttVersion3().buildAsync(), options, spec, login, events);
  }

  /** What a connection shows the broker; empty for nothing. */
  record Login(String username, String password) {
    boolean isPresent() {
      return !username.isEmpty();
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  private Login login() throws IOException {
    if (options.credentials().isEmpty()) {
      return new Login("", "");
    }
    Credentials credentials = options.credentials().get();
    return new Login(credentials.username().reveal(), credentials.password().reveal());
  }

  private MqttClientTransportConfig transport() throws IOException, GeneralSecurityException {
    BrokerAddress address = options.address();
    MqttClientTransportConfigBuilder transport =
        MqttClientTransportConfig.builder()
            .serverHost(address.host())
            .serverPort(address.port())
            .socketConnectTimeout(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    if (address.tls()) {
      TlsFiles files = new TlsFiles(options.tls());
      transport =
          transport.sslConfig(
              MqttClientSslConfig.builder()
                  .trustManagerFactory(files.trust())
                  .keyManagerFactory(files.identity())
                  .handshakeTimeout(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                  .build());
    }
    String path = address.webSocketPath();
    if (path != null) {
      transport = transport.webSocketConfig(MqttWebSocketConfig.builder().serverPath(path).build());
    }
    return transport.build();
  }
}
