package io.propeller.testkit.mqtt;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.testkit.internal.Folders;
import io.propeller.testkit.internal.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/**
 * A HiveMQ broker inside this JVM. It keeps sessions and messages in memory: after {@link #kill}
 * and {@link #restart} it has forgotten all of them, as a broker without persistence does. It takes
 * 1.5 seconds to start, 0.1 when another ran before, and two to end.
 *
 * <p>It logs by SLF4J under {@code com.hivemq}. With Logback and no configuration of the program's
 * own, the one inside HiveMQ's jar prints everything to the console.
 */
public final class EmbeddedBroker implements BrokerServer {

  private static final String CONFIGURATION =
      """
      <?xml version="1.0"?>
      <hivemq>
        <listeners>
          <tcp-listener>
            <port>%d</port>
            <bind-address>127.0.0.1</bind-address>
          </tcp-listener>
          <websocket-listener>
            <port>%d</port>
            <bind-address>127.0.0.1</bind-address>
            <path>/mqtt</path>
          </websocket-listener>
        </listeners>
        <mqtt>
          <queued-messages>
            <max-queue-size>100000</max-queue-size>
          </queued-messages>
          <receive-maximum>
            <server-receive-maximum>1000</server-receive-maximum>
          </receive-maximum>
          <packets>
            <max-packet-size>10485760</max-packet-size>
          </packets>
        </mqtt>
        <persistence>
          <mode>in-memory</mode>
        </persistence>
        <anonymous-usage-statistics>
          <enabled>false</enabled>
        </anonymous-usage-statistics>
      </hivemq>
      """;

  private final Path folder = Folders.temporary("hivemq");
  private final BrokerAddress address = new BrokerAddress("127.0.0.1", Ports.free(), false, null);
  private final BrokerAddress webSocketAddress =
      new BrokerAddress("127.0.0.1", Ports.free(), false, "mqtt");
  private EmbeddedHiveMQ server;
  private boolean running;

  private EmbeddedBroker() {
    for (String name : new String[] {"conf", "data", "extensions"}) {
      folder.resolve(name).toFile().mkdir();
    }
    try {
      Files.writeString(
          folder.resolve("conf").resolve("config.xml"),
          CONFIGURATION.formatted(address.port(), webSocketAddress.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = startServer();
    running = true;
  }

  /**
   * Starts a broker and returns when clients can connect.
   *
   * @throws IllegalStateException if it does not start
   */
  public static EmbeddedBroker start() {
    return new EmbeddedBroker();
  }

  @Override
  public BrokerAddress address() {
    return address;
  }

  /** Returns where it listens for WebSocket, the same before and after a restart. */
  public BrokerAddress webSocketAddress() {
    return webSocketAddress;
  }

  @Override
  public void kill() {
    if (running) {
      running = false;
      server.stop().join();
    }
  }

  @Override
  public void restart() {
    if (running) {
      throw new IllegalStateException("the broker runs: kill() it before restart()");
    }
    server = startServer();
    running = true;
  }

  @Override
  public void close() {
    kill();
    Folders.delete(folder);
  }

  /** A server can be started once: a second start of the same one finds its metrics taken. */
  private EmbeddedHiveMQ startServer() {
    // Nothing is on disk, so at the end there is nothing to wait for; read when the server starts.
    InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(0);
    EmbeddedHiveMQ started =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(folder.resolve("conf"))
            .withDataFolder(folder.resolve("data"))
            .withExtensionsFolder(folder.resolve("extensions"))
            .withoutLoggingBootstrap()
            .build();
    try {
      started.start().join();
      return started;
    } catch (CompletionException e) {
      throw new IllegalStateException("the embedded broker does not start", e.getCause());
    }
  }
}
