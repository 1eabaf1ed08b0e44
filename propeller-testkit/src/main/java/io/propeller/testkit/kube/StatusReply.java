package io.propeller.testkit.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.MockResponse;
import java.util.List;

/** The refusals of an API server. */
final class StatusReply {

  private StatusReply() {}

  /** Says what is wrong with an object. */
  static MockResponse invalid(ResourcePath path, JsonNode object, List<Violation> violations) {
    String kind = object.path("kind").asText();
    String name = object.path("metadata").path("name").asText();
    String what = violations.size() == 1 ? violations.get(0).toString() : violations.toString();
    String qualified = path.group().isEmpty() ? kind : kind + "." + path.group();
    return reply(
        new StatusBuilder()
            .withCode(422)
            .withReason("Invalid")
            .withMessage("%s \"%s\" is invalid: %s".formatted(qualified, name, what))
            .withNewDetails()
            .withName(name)
            .withGroup(path.group())
            .withKind(kind)
            .withCauses(
                violations.stream()
                    .map(v -> new StatusCause(v.field(), v.message(), v.reason()))
                    .toList())
            .endDetails());
  }

  /** Says that another write came first. */
  static MockResponse conflict(ResourcePath path) {
    String resource = path.group().isEmpty() ? path.plural() : path.plural() + "." + path.group();
    return reply(
        new StatusBuilder()
            .withCode(409)
            .withReason("Conflict")
            .withMessage(
                "Operation cannot be fulfilled on %s \"%s\": the object has been modified; please apply your changes to the latest version and try again"
                    .formatted(resource, path.name()))
            .withNewDetails()
            .withName(path.name())
            .withGroup(path.group())
            .withKind(path.plural())
            .endDetails());
  }

  /** Says that a patch cannot be applied. */
  static MockResponse unpatchable(String reason) {
    return reply(new StatusBuilder().withCode(422).withReason("Invalid").withMessage(reason));
  }

  private static MockResponse reply(StatusBuilder status) {
    return new MockResponse()
        .setResponseCode(status.getCode())
        .setHeader("Content-Type", "application/json")
        .setBody(Serialization.asJson(status.withStatus("Failure").build()));
  }
}
