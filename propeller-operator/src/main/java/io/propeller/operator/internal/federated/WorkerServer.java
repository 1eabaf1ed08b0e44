package io.propeller.operator.internal.federated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
 */
final class WorkerServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WorkerServer.class);

  /** The most bytes of an update. */
  private static final int MAX_BODY = 10 << 20;

  private static final int THREADS = 8;
  private static final int WAITING = 256;

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
   * Starts to listen; as long as this operator does not lead, every answer is that it does not.
   *
   * @throws IOException if the address cannot be bound; the message names it
   */
  static WorkerServer listen(InetSocketAddress address, FederatedState state, Senders senders)
      throws IOException {
    try {
      HttpServer server = HttpServer.create(address, 0);
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(WAITING),
              task -> {
                Thread thread = new Thread(task, "workers");
                thread.setDaemon(true);
                return thread;
              },
              // Who accepts connections does the work itself, and accepts no more meanwhile.
              new ThreadPoolExecutor.CallerRunsPolicy());
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
    exchange.sendResponseHeaders(answer.code(), answer.body().size());
    try (OutputStream out = exchange.getResponseBody()) {
      Channels.newChannel(out).write(answer.body().asByteBuffer());
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!state.isReady()) {
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

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
