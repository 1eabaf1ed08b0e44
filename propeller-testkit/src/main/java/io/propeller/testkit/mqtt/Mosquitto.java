package io.propeller.testkit.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.testkit.internal.Folders;
import io.propeller.testkit.internal.Ports;
import io.propeller.testkit.internal.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The Mosquitto broker of this machine, in a process of its own, with the settings that Propeller
 * asks for. {@link #kill} is SIGKILL: after {@link #restart} the sessions are there again and the
 * messages queued for them, but perhaps the very last, since the broker saves after it
 * acknowledges. Needs a POSIX {@code sh}.
 */
public final class Mosquitto implements BrokerServer {

  private static final Duration START_LIMIT = Duration.ofSeconds(15);

  private final Path program;
  private final Path folder = Folders.temporary("mosquitto");
  private final BrokerAddress address = new BrokerAddress("127.0.0.1", Ports.free(), false, null);
  private final Path configuration;
  private ServerProcess process;

  private Mosquitto(Path program, List<String> settings) {
    this.program = program;
    this.configuration = writeConfiguration(settings);
    this.process = startProcess();
  }

  /**
   * Starts a broker and returns when clients can connect, which takes some 20 ms.
   *
   * @throws IllegalStateException if the program is missing, saying how to get it, or does not
   *     start, with the end of its log
   */
  public static Mosquitto start() {
    return start(List.of());
  }

  /**
   * Starts a broker with settings of the caller's own.
   *
   * @param settings lines of Mosquitto's configuration, after those of Propeller and the listener
   * @throws IllegalStateException if the program is missing, saying how to get it, or does not
   *     start, with the end of its log
   */
  public static Mosquitto start(List<String> settings) {
    if (MosquittoProgram.find() instanceof MosquittoProgram.Found found) {
      return new Mosquitto(found.path(), settings);
    }
    throw new IllegalStateException(MosquittoProgram.REMEDY);
  }

  /**
   * Returns Propeller's settings for Mosquitto, the text of a configuration file without listeners
   * and users, good for production.
   */
  public static String settings() {
    return resource("mosquitto.conf");
  }

  /** Returns an access control list for Mosquitto that keeps workers to a worker's topics. */
  public static String accessControl() {
    return resource("mosquitto.acl");
  }

  @Override
  public BrokerAddress address() {
    return address;
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("the broker runs: kill() it before restart()");
    }
    process = startProcess();
  }

  @Override
  public void close() {
    process.close();
    Folders.delete(folder);
  }

  private ServerProcess startProcess() {
    ServerProcess started =
        ServerProcess.start(
            "mosquitto", folder, List.of(program.toString(), "-c", configuration.toString()));
    try {
      started.awaitReady(START_LIMIT, this::accepts);
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.port())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path writeConfiguration(List<String> settings) {
    String text =
        settings()
            + """

            listener %d 127.0.0.1
            allow_anonymous true
            persistence_location %s/
            # Started by root it would become another user, who cannot write here.
            user %s
            log_type error
            log_type warning
            log_type notice
            """
                .formatted(address.port(), folder, System.getProperty("user.name"))
            + String.join("\n", settings)
            + "\n";
    try {
      return Files.writeString(folder.resolve("mosquitto.conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream text = Mosquitto.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is missing beside " + Mosquitto.class);
      }
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
