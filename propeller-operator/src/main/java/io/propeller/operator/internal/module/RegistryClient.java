package io.propeller.operator.internal.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import io.propeller.mqtt.message.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Pulls the WebAssembly module out of an image, by the OCI distribution protocol. Blocks; safe for
 * use by any thread.
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

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FetchRules rules;
  private final Requests requests;
  private final Optional<AuthFile> authFile;

  /**
   * Makes a client that gives each request so much time.
   *
   * @param authFile where credentials are, if there are any
   */
  RegistryClient(FetchRules rules, Duration timeout, Optional<AuthFile> authFile) {
    this.rules = rules;
    this.requests = new Requests(rules, timeout);
    this.authFile = authFile;
  }

  /**
   * Returns the module of an image.
   *
   * @throws IOException if it cannot be had, saying why
   */
  Bytes pull(ImageReference image) throws IOException, InterruptedException {
    URI base = rules.registry(image.host()).resolve("/v2/" + image.repository() + "/");
    Session session = new Session(base);
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

  /** One pull: what the registry was told once is good for all its requests. */
  private final class Session {

    private final Authentication authentication;

    Session(URI registry) {
      this.authentication = new Authentication(requests, registry, authFile);
    }

    byte[] get(URI uri, String accept, int limit) throws IOException, InterruptedException {
      URI next = uri;
      boolean ours = true;
      boolean authorized = false;
      for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
        HttpResponse<InputStream> response =
            requests.get(next, accept, ours ? authentication.authorization() : Optional.empty());
        try (InputStream body = response.body()) {
          int status = response.statusCode();
          if (status == 200) {
            return requests.read(body, limit);
          }
          if (status == 401 && ours && !authorized) {
            authorized = true;
            authentication.answer(response.headers().allValues("WWW-Authenticate"));
            continue;
          }
          boolean refused = status == 401 || status == 403;
          if (refused && ours && authentication.authorization().isPresent()) {
            throw authentication.refused(next, status);
          }
          Optional<String> location = response.headers().firstValue("Location");
          if (status / 100 != 3 || location.isEmpty()) {
            throw new IOException("%s answered %d".formatted(next.getHost(), status));
          }
          next = next.resolve(location.get());
          // What the registry may know is not for where it sends us.
          ours = ours && isSameServer(next, uri);
        }
      }
      throw new IOException(uri.getHost() + " redirects too often");
    }

    private static boolean isSameServer(URI one, URI other) {
      return Objects.equals(one.getScheme(), other.getScheme())
          && Objects.equals(one.getAuthority(), other.getAuthority());
    }
  }
}
