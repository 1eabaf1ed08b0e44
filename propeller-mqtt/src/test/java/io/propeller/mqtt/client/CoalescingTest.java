package io.propeller.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CoalescingTest {

  /** The acknowledgement of a CONNECT: no session, success, no properties. */
  private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};

  @Test
  @Timeout(20)
  void reachesAConnectionOfMqtt5() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Mqtt5AsyncClient client =
          MqttClient.builder()
              .identifier("c")
              .serverHost("127.0.0.1")
              .serverPort(server.getLocalPort())
              .useMqttVersion5()
              .buildAsync();
      CompletableFuture<?> connected = client.connect();
      try (Socket broker = server.accept()) {
        assertThat(broker.getInputStream().read()).isEqualTo(0x10);
        broker.getOutputStream().write(CONNACK);
        connected.join();

        assertThat(Coalescing.apply(client.getConfig().getConnectionConfig())).isTrue();
        assertThat(client.getState().isConnected()).isTrue();
      }
    }
  }

  @Test
  void leavesAloneWhatIsNotConnected() {
    assertThat(Coalescing.apply(Optional.empty())).isFalse();
  }
}
