package io.propeller.operator.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.operator.internal.health.HealthCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
  private Endpoints endpoints;

  @BeforeEach
  void listen() throws IOException {
    endpoints =
        Endpoints.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .text("/metrics", "text/plain", () -> "up 1\n")
            .checks("/readyz", () -> List.of(new HealthCheck("informers", problem::get)));
  }

  @AfterEach
  void close() {
    endpoints.close();
  }

  @Test
  void a_check_without_a_problem_is_ok() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body()).isEqualTo("ok");
    assertThat(get("/readyz?verbose").body()).isEqualTo("[+]informers ok\n");
  }

  @Test
  void a_problem_is_named() throws Exception {
    problem.set(Optional.of("not synced"));

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("[-]informers: not synced\n");
  }

  @Test
  void a_text_is_made_anew_for_each_request() throws Exception {
    assertThat(get("/metrics").body()).isEqualTo("up 1\n");
  }

  @Test
  void a_port_in_use_is_named() {
    InetSocketAddress taken =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoints.port());

    assertThatThrownBy(() -> Endpoints.listen(taken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(endpoints.port()));
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + endpoints.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
