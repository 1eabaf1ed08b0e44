package io.propeller.testkit.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loopback port that leads to another, and can be cut: connections break in both directions, as
 * they do when a device loses its power or its network.
 */
public final class Cable implements AutoCloseable {

  private static final int BUFFER_BYTES = 8_192;

  private final String host;
  private final int port;
  private final ServerSocket entry;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /**
   * Lays a cable.
   *
   * @param host where it leads
   * @param port where it leads
   */
  public Cable(String host, int port) {
    this.host = host;
    this.port = port;
    try {
      this.entry = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("propeller-cable", this::acceptAll);
  }

  /** Returns the port of 127.0.0.1 at which it begins. */
  public int port() {
    return entry.getLocalPort();
  }

  /** Breaks all connections, and those to come, until {@link #mend}. */
  public void cut() {
    cut = true;
    open.forEach(Cable::closeQuietly);
  }

  /** Lets connections through again. */
  public void mend() {
    cut = false;
  }

  /** Breaks all connections and ends. */
  @Override
  public void close() {
    cut();
    closeQuietly(entry);
  }

  private void acceptAll() {
    while (!entry.isClosed()) {
      try {
        connect(entry.accept());
      } catch (IOException broken) {
        // This connection is no more; if the cable is closed, neither will there be others.
      }
    }
  }

  private void connect(Socket near) {
    open.add(near);
    try {
      if (cut) {
        closeQuietly(near);
        return;
      }
      Socket far = new Socket(host, port);
      open.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      start("propeller-cable-out", () -> carry(near, far));
      start("propeller-cable-in", () -> carry(far, near));
      if (cut) {
        closeQuietly(near);
        closeQuietly(far);
      }
    } catch (IOException refused) {
      closeQuietly(near);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException broken) {
      // The other direction ends with it: both sockets are closed now.
    } finally {
      open.remove(from);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception alreadyBroken) {
      // It is closed all the same.
    }
  }
}
