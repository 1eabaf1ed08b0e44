package io.propeller.mqtt.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.topic.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WebSocketTest {

  @Test
  @Timeout(20)
  void asksForAWebSocketOfMqttAtThePathOfTheAddress() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WorkerChannel worker = open("ws://127.0.0.1:" + server.getLocalPort() + "/broker");
        Socket client = server.accept()) {
      var request = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));

      assertThat(request.lines().takeWhile(line -> !line.isEmpty()))
          .anyMatch("GET /broker HTTP/1.1"::equalsIgnoreCase)
          .anyMatch("upgrade: websocket"::equalsIgnoreCase)
          .anyMatch("sec-websocket-protocol: mqtt"::equalsIgnoreCase);
      assertThat(worker.state()).isEqualTo(new ConnectionState.Connecting(1));
    }
  }

  private static WorkerChannel open(String address) {
    return MqttBroker.of(BrokerOptions.builder().address(BrokerAddress.parse(address)).build())
        .open(
            WorkerChannelOptions.builder()
                .channel(Channel.of("d", "c"))
                .id(PropletId.of("p1"))
                .build(),
            new WorkerListener() {
              @Override
              public void onStart(Start start) {}

              @Override
              public void onStop(Stop stop) {}
            });
  }
}
