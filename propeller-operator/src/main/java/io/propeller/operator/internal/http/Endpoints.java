package io.propeller.operator.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.propeller.operator.internal.health.HealthCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A small HTTP server: health checks, or a text that is made anew for each request. */
public final class Endpoints implements AutoCloseable {

  private final HttpServer server;

  private Endpoints(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the address cannot be bound; the message names it
   */
  public static Endpoints listen(InetSocketAddress address) throws IOException {
    HttpLimits.apply();
    try {
      HttpServer server = HttpServer.create(address, 0);
      server.start();
      return new Endpoints(server);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Returns the port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Serves a text. */
  public Endpoints text(String path, String contentType, Supplier<String> text) {
    server.createContext(path, exchange -> answer(exchange, 200, contentType, text.get()));
    return this;
  }

  /**
   * Serves checks: 200 when none has a problem, else 503; a line each with {@code ?verbose}.
   *
   * @param checks returns those that count at present
   */
  public Endpoints checks(String path, Supplier<List<HealthCheck>> checks) {
    server.createContext(
        path,
        exchange -> {
          StringBuilder lines = new StringBuilder();
          boolean healthy = true;
          for (HealthCheck check : checks.get()) {
            Optional<String> problem = check.problem().get();
            healthy &= problem.isEmpty();
            lines
                .append(problem.isEmpty() ? "[+]" : "[-]")
                .append(check.name())
                .append(problem.map(p -> ": " + p).orElse(" ok"))
                .append('\n');
          }
          String query = exchange.getRequestURI().getQuery();
          boolean verbose = query != null && query.startsWith("verbose");
          String body = healthy && !verbose ? "ok" : lines.toString();
          answer(exchange, healthy ? 200 : 503, "text/plain; charset=utf-8", body);
        });
    return this;
  }

  private static void answer(HttpExchange exchange, int status, String contentType, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
