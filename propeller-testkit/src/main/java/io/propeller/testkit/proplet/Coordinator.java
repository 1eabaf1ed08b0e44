package io.propeller.testkit.proplet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What workers say to a coordinator over HTTP. Safe for use by any thread. */
final class Coordinator {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /** Returns what is at an address; empty if it cannot be had, for whatever reason. */
  Optional<String> get(String url) throws InterruptedException {
    return send(url, HttpRequest.Builder::GET);
  }

  /** Sends JSON to an address, and returns whether it was taken. */
  boolean post(String url, String json) throws InterruptedException {
    return send(
            url,
            request ->
                request
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json)))
        .isPresent();
  }

  private static Optional<String> send(String url, UnaryOperator<HttpRequest.Builder> method)
      throws InterruptedException {
    try {
      HttpRequest request =
          method.apply(HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT)).build();
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() / 100 == 2 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
