package io.propeller.mqtt;

import io.propeller.mqtt.client.BrokerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes bytes between clients and a broker, and cuts the connection after a number of those from
 * the broker.
 */
final class CuttingProxy implements AutoCloseable {

  private final BrokerAddress broker;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger budget = new AtomicInteger(Integer.MAX_VALUE);

  CuttingProxy(BrokerAddress broker) throws IOException {
    this.broker = broker;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  BrokerAddress address() {
    return new BrokerAddress("127.0.0.1", server.getLocalPort(), false, null);
  }

  /** Cuts all connections, and the next ones once the broker has sent this many bytes over them. */
  void cutAfter(int bytes) {
    budget.set(bytes);
    cut();
  }

  /** Lets everything through from now on. */
  void heal() {
    budget.set(Integer.MAX_VALUE);
  }

  void cut() {
    sockets.forEach(CuttingProxy::close);
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        connect(server.accept());
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private void connect(Socket client) {
    try {
      Socket upstream = new Socket(broker.host(), broker.port());
      sockets.add(client);
      sockets.add(upstream);
      thread(() -> pump(client, upstream, false));
      thread(() -> pump(upstream, client, true));
    } catch (IOException brokerIsDown) {
      close(client);
    }
  }

  private void pump(Socket from, Socket to, boolean counted) {
    byte[] buffer = new byte[4096];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int allowed = counted ? Math.min(read, Math.max(0, budget.getAndAdd(-read))) : read;
        out.write(buffer, 0, allowed);
        out.flush();
        if (allowed < read) {
          cut();
          return;
        }
      }
    } catch (IOException closed) {
      close(from);
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void thread(Runnable action) {
    Thread thread = new Thread(action, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
