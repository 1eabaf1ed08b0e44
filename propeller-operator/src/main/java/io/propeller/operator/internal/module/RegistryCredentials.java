package io.propeller.operator.internal.module;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.propeller.mqtt.client.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Docker {@code config.json} says of who one is at which registry. Immutable. */
final class RegistryCredentials {

  private static final Pattern KEY =
      Pattern.compile("(?:https?://)?([a-z0-9.-]+(?::\\d{1,5})?)(?:/(?:v[12]/?)?)?");
  private static final String DOCKER_HUB = "registry-1.docker.io";
  private static final Set<String> NAMES_OF_DOCKER_HUB =
      Set.of("docker.io", "index.docker.io", DOCKER_HUB);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<String, Secret> byHost;

  private RegistryCredentials(Map<String, Secret> byHost) {
    this.byHost = byHost;
  }

  /**
   * Reads the content of such a file.
   *
   * @throws IllegalArgumentException if it is none, or has something else in place of a user and a
   *     password; the message says what is wrong, and holds nothing of the content
   */
  static RegistryCredentials parse(String text) {
    JsonNode auths = read(text).path("auths");
    if (!auths.isObject()) {
      throw new IllegalArgumentException("it has no object \"auths\"");
    }
    Map<String, Secret> byHost = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : auths.properties()) {
      Secret before = byHost.put(host(entry.getKey()), authorization(entry.getValue()));
      if (before != null) {
        throw new IllegalArgumentException("two keys of \"auths\" name the same host");
      }
    }
    return new RegistryCredentials(byHost);
  }

  /** Finds the value of the header {@code Authorization} that a registry takes. */
  Optional<Secret> find(String host) {
    return Optional.ofNullable(byHost.get(canonical(host)));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message may quote what it could not read, so it is not passed on as the cause either.
      throw new IllegalArgumentException(
          "line %d, column %d is not JSON"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  private static String host(String key) {
    Matcher matcher = KEY.matcher(key.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a key of \"auths\" is neither a host nor a URL such as"
              + " https://registry.example.com/v1/");
    }
    return canonical(matcher.group(1));
  }

  private static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return NAMES_OF_DOCKER_HUB.contains(lower) ? DOCKER_HUB : lower;
  }

  private static Secret authorization(JsonNode entry) {
    if (!entry.path("identitytoken").asText("").isEmpty()) {
      throw new IllegalArgumentException(
          "an entry of \"auths\" has an identitytoken; a user and a password are needed");
    }
    String auth = entry.path("auth").asText("");
    return Secret.of(
        "Basic "
            + Base64.getEncoder()
                .encodeToString(auth.isEmpty() ? fromFields(entry) : fromAuth(auth)));
  }

  private static byte[] fromAuth(String auth) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(auth);
    } catch (IllegalArgumentException e) {
      decoded = new byte[0];
    }
    // Each byte is a character here, so that a password in any encoding stays what it is.
    if (new String(decoded, StandardCharsets.ISO_8859_1).indexOf(':') < 1) {
      throw new IllegalArgumentException(
          "an \"auth\" is not the base64 of a user, a colon and a password");
    }
    return decoded;
  }

  private static byte[] fromFields(JsonNode entry) {
    String user = entry.path("username").asText("");
    if (user.isEmpty() || user.contains(":") || !entry.path("password").isTextual()) {
      throw new IllegalArgumentException(
          "an entry of \"auths\" has neither an \"auth\" nor a \"username\", without a colon, and a"
              + " \"password\"");
    }
    return (user + ":" + entry.path("password").textValue()).getBytes(StandardCharsets.UTF_8);
  }
}
