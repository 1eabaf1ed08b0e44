package io.propeller.operator.internal.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteStreams;
import com.google.common.io.Closeables;
import io.propeller.mqtt.message.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the WebAssembly module out of an image, by the OCI distribution protocol, without
 * credentials. Blocks; safe for use by any thread.
 */
final class RegistryClient {

  /** The most bytes of a module, which is also what a worker takes. */
  private static final int MAX_MODULE = 100_000_000;

  private static final int MAX_MANIFEST = 4 << 20;
  private static final int MAX_REDIRECTS = 5;
  private static final byte[] MAGIC = {0, 'a', 's', 'm'};

  private static final String MANIFESTS =
      "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.oci.image.index.v1+json,"
          + "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json";

  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final FetchRules rules;
  private final Duration timeout;

  /** Makes a client that gives each request so much time. */
  RegistryClient(FetchRules rules, Duration timeout) {
    this.rules = rules;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Returns the module of an image.
   *
   * @throws IOException if it cannot be had, saying why
   */
  Bytes pull(ImageReference image) throws IOException, InterruptedException {
    URI base = rules.registry(image.host()).resolve("/v2/" + image.repository() + "/");
    Session session = new Session();
    String version =
        image.digest().map(digest -> "sha256:" + digest).or(image::tag).orElse("latest");
    JsonNode manifest = manifest(session, base, version);
    if (manifest.path("manifests").isArray()) {
      manifest = manifest(session, base, ofWasm(manifest));
    }
    JsonNode layer = layer(manifest);
    if (layer.path("size").asLong() > MAX_MODULE) {
      throw new IOException(
          "the module has %d bytes; %d are allowed"
              .formatted(layer.path("size").asLong(), MAX_MODULE));
    }
    String digest = layer.path("digest").asText();
    byte[] module = session.get(base.resolve("blobs/" + digest), "*/*", MAX_MODULE);
    check(digest, module);
    if (module.length < 8 || !Arrays.equals(module, 0, 4, MAGIC, 0, 4)) {
      throw new IOException("the layer of the image is not a WebAssembly module");
    }
    return Bytes.wrap(module);
  }

  private static JsonNode manifest(Session session, URI base, String version)
      throws IOException, InterruptedException {
    byte[] body = session.get(base.resolve("manifests/" + version), MANIFESTS, MAX_MANIFEST);
    if (version.startsWith("sha256:")) {
      check(version, body);
    }
    return JSON.readTree(body);
  }

  private static void check(String digest, byte[] body) throws IOException {
    if (!digest.equals("sha256:" + Hashing.sha256().hashBytes(body))) {
      throw new IOException("what the registry sent has not the digest " + digest);
    }
  }

  private static String ofWasm(JsonNode index) throws IOException {
    JsonNode first = index.path("manifests").path(0);
    for (JsonNode one : index.path("manifests")) {
      if (one.path("platform").path("architecture").asText().startsWith("wasm")) {
        first = one;
      }
    }
    if (!first.hasNonNull("digest")) {
      throw new IOException("the image has no manifest");
    }
    return first.path("digest").asText();
  }

  private static JsonNode layer(JsonNode manifest) throws IOException {
    JsonNode layers = manifest.path("layers");
    for (JsonNode layer : layers) {
      if (layer.path("mediaType").asText().contains("wasm")) {
        return layer;
      }
    }
    if (layers.size() != 1 || !layers.path(0).path("digest").asText().startsWith("sha256:")) {
      throw new IOException("the image has no layer that is a WebAssembly module");
    }
    return layers.path(0);
  }

  /** One pull: the token that it was given is good for all its requests. */
  private final class Session {

    private @Nullable String token;

    byte[] get(URI uri, String accept, int limit) throws IOException, InterruptedException {
      URI next = uri;
      boolean authorized = false;
      for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
        // A token is for the registry, not for where it sends us.
        boolean ours = next.getAuthority().equals(uri.getAuthority());
        HttpResponse<InputStream> response = send(next, accept, ours ? token : null);
        try (InputStream body = response.body()) {
          int status = response.statusCode();
          if (status == 200) {
            return read(body, limit);
          }
          if (status == 401 && ours && !authorized) {
            authorized = true;
            token = authorize(response.headers().firstValue("WWW-Authenticate").orElse(""));
            continue;
          }
          Optional<String> location = response.headers().firstValue("Location");
          if (status / 100 != 3 || location.isEmpty()) {
            throw new IOException("%s answered %d".formatted(next.getHost(), status));
          }
          next = next.resolve(location.get());
        }
      }
      throw new IOException(uri.getHost() + " redirects too often");
    }

    private HttpResponse<InputStream> send(URI uri, String accept, @Nullable String bearer)
        throws IOException, InterruptedException {
      rules.check(uri);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).timeout(timeout).header("Accept", accept);
      if (bearer != null) {
        request.header("Authorization", "Bearer " + bearer);
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private String authorize(String challenge) throws IOException, InterruptedException {
      String realm = null;
      StringBuilder query = new StringBuilder();
      Matcher parameters = PARAMETER.matcher(challenge);
      while (parameters.find()) {
        if (parameters.group(1).equals("realm")) {
          realm = parameters.group(2);
        } else {
          query
              .append(query.isEmpty() ? '?' : '&')
              .append(parameters.group(1))
              .append('=')
              .append(URLEncoder.encode(parameters.group(2), StandardCharsets.UTF_8));
        }
      }
      if (realm == null || !challenge.startsWith("Bearer ")) {
        throw new IOException("the registry wants credentials, which this operator has none of");
      }
      HttpResponse<InputStream> response =
          send(URI.create(realm + query), "application/json", null);
      try (InputStream body = response.body()) {
        JsonNode answer = JSON.readTree(read(body, MAX_MANIFEST));
        String given = answer.path("token").asText(answer.path("access_token").asText());
        if (response.statusCode() != 200 || given.isEmpty()) {
          throw new IOException("the registry gives nobody a token without credentials");
        }
        return given;
      }
    }

    private byte[] read(InputStream body, int limit) throws IOException {
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
}
