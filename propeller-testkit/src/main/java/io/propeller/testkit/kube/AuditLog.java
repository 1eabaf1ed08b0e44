package io.propeller.testkit.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audit log of a kube-apiserver: what was asked of it, by whom. */
final class AuditLog {

  /** Notes requests of service accounts, without what they carried, once they are answered. */
  static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: Metadata
        userGroups: ["system:serviceaccounts"]
      - level: None
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  AuditLog(Path file) {
    this.file = file;
  }

  /** Returns what a user has asked for of resources, each once. */
  Set<ApiRequest> requestsOf(String user) {
    if (!Files.exists(file)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .flatMap(line -> request(line, user).stream())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ApiRequest> request(String line, String user) {
    JsonNode event;
    try {
      event = JSON.readTree(line);
    } catch (JsonProcessingException stillBeingWritten) {
      return Optional.empty();
    }
    JsonNode object = event.path("objectRef");
    if (!event.path("user").path("username").asText().equals(user) || object.isMissingNode()) {
      return Optional.empty();
    }
    String subresource = object.path("subresource").asText();
    return Optional.of(
        new ApiRequest(
            event.path("verb").asText(),
            object.path("apiGroup").asText(),
            object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
            object.path("namespace").asText(),
            event.path("responseStatus").path("code").asInt()));
  }
}
