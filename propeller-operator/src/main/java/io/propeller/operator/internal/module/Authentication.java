package io.propeller.operator.internal.module;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.propeller.mqtt.client.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Who the operator is at one registry during one pull: at first nobody, and then, once the registry
 * asks, whom the file of credentials names, or whoever it gives a token without any.
 */
final class Authentication {

  private static final int MAX_ANSWER = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Requests requests;
  private final URI registry;
  private final Optional<AuthFile> file;
  private Optional<String> authorization = Optional.empty();
  private boolean known;

  /**
   * Begins as nobody.
   *
   * @param registry an address at the registry
   */
  Authentication(Requests requests, URI registry, Optional<AuthFile> file) {
    this.requests = requests;
    this.registry = registry;
    this.file = file;
  }

  /** Returns what to send to the registry, and to nobody else. */
  Optional<String> authorization() {
    return authorization;
  }

  /**
   * Does what the registry asks for.
   *
   * @param challenges the values of its headers {@code WWW-Authenticate}
   * @throws IOException if that cannot be done, saying why
   */
  void answer(List<String> challenges) throws IOException, InterruptedException {
    List<Challenge> offers = Challenge.parse(challenges);
    Optional<Secret> login =
        file.isPresent() ? file.get().find(registry.getAuthority()) : Optional.empty();
    known = login.isPresent();
    Optional<Challenge> bearer =
        offers.stream()
            .filter(offer -> offer.scheme().equals("bearer"))
            .filter(offer -> offer.parameters().containsKey("realm"))
            .findFirst();
    if (bearer.isPresent()) {
      authorization = Optional.of("Bearer " + token(bearer.get(), login));
    } else if (offers.stream().noneMatch(offer -> offer.scheme().equals("basic"))) {
      throw new IOException(registry.getHost() + " asks for neither a password nor a token");
    } else if (login.isEmpty()) {
      throw refused(registry, 401);
    } else {
      authorization = Optional.of(login.get().reveal());
    }
  }

  /**
   * Returns why nothing is to be had where the registry, or who gives tokens for it, has answered
   * that one may not.
   */
  IOException refused(URI by, int status) {
    String reason =
        known
            ? "refuses with %d the credentials that --registry-auth-file has for %s"
            : file.isPresent()
                ? "answered %d, and --registry-auth-file has no credentials for %s"
                : "answered %d, and there is no --registry-auth-file with credentials for %s";
    return new IOException(by.getHost() + " " + reason.formatted(status, registry.getAuthority()));
  }

  private String token(Challenge challenge, Optional<Secret> login)
      throws IOException, InterruptedException {
    URI realm = realm(challenge);
    if (login.isPresent()
        && !"https".equalsIgnoreCase(realm.getScheme())
        && !"http".equals(registry.getScheme())) {
      throw new IOException(
          "%s asks to send its credentials to %s without TLS"
              .formatted(registry.getHost(), realm.getHost()));
    }
    Optional<String> proof =
        login.isPresent() ? Optional.of(login.get().reveal()) : Optional.empty();
    HttpResponse<InputStream> response = requests.get(realm, "application/json", proof);
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == 401 || status == 403) {
        throw refused(realm, status);
      }
      if (status != 200) {
        throw new IOException(
            "%s, asked for a token, answered %d".formatted(realm.getHost(), status));
      }
      String given = token(requests.read(body, MAX_ANSWER));
      if (given.isEmpty() || !given.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IOException(realm.getHost() + " answered without a token");
      }
      return given;
    }
  }

  private static String token(byte[] answer) throws IOException {
    try {
      JsonNode json = JSON.readTree(answer);
      return json.path("token").asText(json.path("access_token").asText());
    } catch (JsonProcessingException e) {
      // Its message may quote a token.
      return "";
    }
  }

  private URI realm(Challenge challenge) throws IOException {
    StringBuilder realm = new StringBuilder(challenge.parameters().get("realm"));
    for (String name : List.of("service", "scope")) {
      String value = challenge.parameters().get(name);
      if (value != null) {
        realm
            .append(realm.indexOf("?") < 0 ? '?' : '&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    try {
      return new URI(realm.toString());
    } catch (URISyntaxException e) {
      throw new IOException(registry.getHost() + " names no address that gives tokens", e);
    }
  }
}
