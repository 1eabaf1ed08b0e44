package io.propeller.operator.internal.federated;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.operator.internal.federated.WorkerServer.Crowd;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.scheduler.lifecycle.Liveness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit of a request's time is shorter in these tests: the pom sets it. */
class WorkerServerTest {

  private static final int DEADLINE = 20_000;
  private static final int UPDATE = 5 << 20;

  private final OperatorMetrics metrics = new OperatorMetrics();
  private final HttpClient http = HttpClient.newHttpClient();
  private FederatedState state;
  private WorkerServer server;

  @BeforeEach
  void listen() throws IOException {
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    Rounds rounds = new Rounds(metrics, round -> {});
    state =
        new FederatedState(
            Optional.empty(),
            rounds,
            new RoundEnvironment(() -> WorkerAddress.of(Optional.empty(), Optional.empty())),
            new Announcer(message -> CompletableFuture.completedFuture(null)),
            clock,
            new SecureRandom());
    PropletDirectory proplets =
        new PropletDirectory(new Liveness(Duration.ofSeconds(30)), clock, proplet -> {});
    server =
        WorkerServer.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            state,
            new Senders(rounds, proplets, uid -> Optional.empty()),
            new Crowd(1, 1));
  }

  @AfterEach
  void close() {
    server.close();
    metrics.close();
  }

  @Test
  void an_operator_that_stands_by_hears_an_update_out_and_says_that_it_does_not_lead()
      throws Exception {
    HttpResponse<String> answer = post("/lab/" + UUID.randomUUID() + "/a/update", UPDATE);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("this operator does not lead: ask again\n");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void an_update_of_a_round_that_there_is_not_is_not_counted() throws Exception {
    state.ready();

    assertThat(post("/lab/" + UUID.randomUUID() + "/a/update", 1).statusCode()).isEqualTo(410);
    assertThat(post("/update", 1).statusCode()).isEqualTo(400);
    HttpResponse<String> unknown =
        post(
            "/update",
            HttpRequest.BodyPublishers.ofString(
                "{\"round_id\":1,\"proplet_id\":\"a\",\"update\":[1.0]}"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("there is no such participant of a round of that name\n");
  }

  @Test
  void who_stops_in_the_middle_of_a_request_is_cut_off_and_the_next_is_served() throws Exception {
    state.ready();
    for (String begun :
        new String[] {
          "POST /up", "POST /update HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"round"
        }) {
      try (Socket slow = connect(begun)) {
        awaitEnd(slow);
        assertThat(post("/update", 1).statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void who_comes_when_as_many_wait_as_may_is_not_let_in() throws Exception {
    state.ready();
    try (Socket served = connect("POST /up");
        Socket waiting = connect("POST /up");
        Socket late = connect("POST /up");
        Socket later = connect("POST /up")) {
      // Which is served and which waits depends on which is heard first.
      Set<Socket> in = new HashSet<>(Set.of(served, waiting, late, later));
      Awaitility.await()
          .until(
              () -> {
                in.removeIf(WorkerServerTest::hasEnded);
                return in.size() <= 2;
              });
      assertThat(in).hasSize(2);
      for (Socket socket : in) {
        awaitEnd(socket);
      }
      assertThat(post("/update", 1).statusCode()).isEqualTo(400);
    }
  }

  /** Looks for an instant only. */
  private static boolean hasEnded(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() == -1;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void awaitEnd(Socket socket) {
    Awaitility.await().atMost(Duration.ofMillis(DEADLINE)).until(() -> hasEnded(socket));
  }

  private Socket connect(String said) throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.getOutputStream().write(said.getBytes(US_ASCII));
    return socket;
  }

  private HttpResponse<String> post(String path, int size) throws Exception {
    return post(path, HttpRequest.BodyPublishers.ofByteArray(new byte[size]));
  }

  private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path))
            .timeout(Duration.ofMillis(DEADLINE))
            .POST(body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
