package io.propeller.operator.internal.module;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry on loopback with one image, {@code app:v1}, that notes who asks for what. */
final class TestRegistry implements AutoCloseable {

  static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};
  static final String DIGEST = "sha256:" + Hashing.sha256().hashBytes(MODULE);

  /** A request, with what it said of who sent it. */
  record Seen(String uri, Optional<String> authorization) {}

  /** An answer to whoever has not the right to another. */
  record Refusal(int status, List<String> challenges) {}

  private final HttpServer server;
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final Map<String, String> moved = new ConcurrentHashMap<>();
  private final Map<String, String> wanted = new ConcurrentHashMap<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    serve("/v2/app/blobs/" + DIGEST, MODULE);
    serve(
        "/v2/app/manifests/v1",
        """
        {"schemaVersion":2,"layers":[{"mediaType":"application/wasm","digest":"%s","size":8}]}
        """
            .formatted(DIGEST)
            .getBytes(UTF_8));
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return "http://" + host();
  }

  ImageReference image() {
    return ImageReference.parse(host() + "/app:v1");
  }

  /** Returns what was asked for under a path, in order. */
  List<Seen> seen(String prefix) {
    return seen.stream().filter(one -> one.uri().startsWith(prefix)).toList();
  }

  void serve(String path, byte[] body) {
    served.put(path, body);
  }

  /** Sends whoever asks for a path on to elsewhere. */
  void move(String path, String location) {
    moved.put(path, location);
  }

  /** Refuses what is under {@code /v2/}, or is {@code /token}, to all but one. */
  void guard(String path, String authorization, int status, String... challenges) {
    refusals.put(path, new Refusal(status, List.of(challenges)));
    wanted.put(path, authorization);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<String> authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    seen.add(new Seen(exchange.getRequestURI().toString(), authorization));
    String guarded = path.startsWith("/v2/") ? "/v2/" : path;
    Refusal refusal = refusals.get(guarded);
    if (refusal != null && !authorization.equals(Optional.of(wanted.get(guarded)))) {
      refusal
          .challenges()
          .forEach(one -> exchange.getResponseHeaders().add("WWW-Authenticate", one));
      send(exchange, refusal.status(), "<html>no</html>".getBytes(UTF_8));
    } else if (moved.containsKey(path)) {
      exchange.getResponseHeaders().add("Location", moved.get(path));
      send(exchange, 307, new byte[0]);
    } else if (served.containsKey(path)) {
      send(exchange, 200, served.get(path));
    } else {
      send(exchange, 404, new byte[0]);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
