package io.propeller.operator.internal.module;

import com.google.common.io.ByteStreams;
import com.google.common.io.Closeables;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Single requests to where the rules allow them, which follow no redirect. Blocks; safe for use by
 * any thread.
 */
final class Requests {

  private final HttpClient http;
  private final FetchRules rules;
  private final Duration timeout;

  /** Gives each request so much time. */
  Requests(FetchRules rules, Duration timeout) {
    this.rules = rules;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Asks for what is at an address.
   *
   * @param authorization is sent along where there is any
   */
  HttpResponse<InputStream> get(URI uri, String accept, Optional<String> authorization)
      throws IOException, InterruptedException {
    rules.check(uri);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(timeout).header("Accept", accept);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Reads a body to its end, which has to come in time and before the limit. */
  byte[] read(InputStream body, int limit) throws IOException {
    // The client's own timeout ends with the headers.
    CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> Closeables.closeQuietly(body));
    byte[] bytes = ByteStreams.limit(body, limit + 1L).readAllBytes();
    if (bytes.length > limit) {
      throw new IOException("the answer is longer than " + limit + " bytes");
    }
    return bytes;
  }
}
