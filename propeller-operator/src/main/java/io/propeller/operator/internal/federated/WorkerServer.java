package io.propeller.operator.internal.federated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.propeller.operator.internal.http.HttpLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server that workers in the field speak to: they get models from it, and post updates to
 * it.
 *
 * <p>It answers to so many at a time and lets so many wait; the connection of whoever comes then is
 * closed, and {@link HttpLimits} cuts off who is too slow. All that it does not take, a worker says
 * over MQTT.
 */
final class WorkerServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WorkerServer.class);

  /** The most bytes of an update. */
  private static final int MAX_BODY = 10 << 20;

  /** How long a worker should wait that is told to ask again, in seconds. */
  private static final String AGAIN = "1";

  private static final int SKIPPED_AT_ONCE = 8_192;

  /**
   * How many are served at a time, each of whom may have sent an update of the full size.
   *
   * @param threads how many are answered to at a time
   * @param waiting how many more may wait for that
   */
  record Crowd(int threads, int waiting) {

    static final Crowd USUAL = new Crowd(8, 256);
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final FederatedState state;
  private final ModelRequests models;
  private final UpdateRequests updates;

  private WorkerServer(
      HttpServer server,
      ThreadPoolExecutor threads,
      FederatedState state,
      ModelRequests models,
      UpdateRequests updates) {
    this.server = server;
    this.threads = threads;
    this.state = state;
    this.models = models;
    this.updates = updates;
  }

  /**
   * Starts to listen; as long as this operator does not lead, every answer is that it does not: the
   * address may be one that leads workers to any of several operators.
   *
   * @throws IOException if the address cannot be bound; the message names it
   */
  static WorkerServer listen(
      InetSocketAddress address, FederatedState state, Senders senders, Crowd crowd)
      throws IOException {
    HttpLimits.apply();
    try {
      HttpServer server = HttpServer.create(address, 0);
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              crowd.threads(),
              crowd.threads(),
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(crowd.waiting()),
              task -> {
                Thread thread = new Thread(task, "workers");
                thread.setDaemon(true);
                return thread;
              },
              // The server closes the connection of what is rejected.
              new ThreadPoolExecutor.AbortPolicy());
      WorkerServer workers =
          new WorkerServer(
              server, threads, state, new ModelRequests(state), new UpdateRequests(state, senders));
      server.setExecutor(threads);
      server.createContext("/", workers::handle);
      server.start();
      return workers;
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Returns what is listened on. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (RuntimeException e) {
      log.error("a request for {} failed", exchange.getRequestURI().getPath(), e);
      answer = Answer.text(Answer.UNAVAILABLE, "the request failed");
    }
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    if (answer.code() == Answer.UNAVAILABLE) {
      exchange.getResponseHeaders().set("Retry-After", AGAIN);
    }
    exchange.sendResponseHeaders(answer.code(), answer.body().size());
    try (OutputStream out = exchange.getResponseBody()) {
      Channels.newChannel(out).write(answer.body().asByteBuffer());
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!state.isReady()) {
      // Who still sends hears no answer.
      skip(exchange);
      return Answer.text(Answer.UNAVAILABLE, "this operator does not lead: ask again");
    }
    String path = exchange.getRequestURI().getPath();
    return switch (exchange.getRequestMethod()) {
      case "GET" -> models.get(path);
      case "POST" -> post(path, body(exchange));
      default ->
          Answer.text(Answer.NOT_ALLOWED, "models are asked for by GET, updates sent by POST");
    };
  }

  private Answer post(String path, byte[] body) {
    return body.length > MAX_BODY
        ? Answer.text(Answer.TOO_LARGE, "an update has at most %d bytes".formatted(MAX_BODY))
        : updates.post(path, body);
  }

  /** Returns the body of a request, or one byte more than there may be. */
  private static byte[] body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      return in.readNBytes(MAX_BODY + 1);
    }
  }

  private static void skip(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] skipped = new byte[SKIPPED_AT_ONCE];
      int read = 0;
      for (int all = 0; read >= 0 && all <= MAX_BODY; all += read) {
        read = in.read(skipped);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
