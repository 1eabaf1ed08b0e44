package io.propeller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** The API server as it is, without beans between it and the test. */
record RawApi(KubernetesClient client) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Creates a resource, with unknown fields an error, and returns what the server made of it. */
  JsonNode create(Class<? extends HasMetadata> kind, JsonNode manifest) {
    return send("POST", path(kind) + "?fieldValidation=Strict", manifest);
  }

  /** Tells what the server would make of a resource that replaces the one it has. */
  JsonNode tryToReplace(Class<? extends HasMetadata> kind, JsonNode manifest) {
    return send("PUT", path(kind) + "/" + nameOf(manifest) + "?dryRun=All", manifest);
  }

  /** Replaces the status of a resource. */
  JsonNode replaceStatus(Class<? extends HasMetadata> kind, JsonNode manifest) {
    return send(
        "PUT", path(kind) + "/" + nameOf(manifest) + "/status?fieldValidation=Strict", manifest);
  }

  JsonNode read(Class<? extends HasMetadata> kind, String name) {
    return parse(client.raw(path(kind) + "/" + name));
  }

  /** Reads all resources of a kind. */
  JsonNode list(Class<? extends HasMetadata> kind) {
    ArrayNode items = JSON.createArrayNode();
    parse(client.raw(path(kind)))
        .get("items")
        .forEach(
            item ->
                items.add(
                    ((ObjectNode) item)
                        .put("apiVersion", HasMetadata.getApiVersion(kind))
                        .put("kind", HasMetadata.getKind(kind))));
    return items;
  }

  /** Tells what the server would say to the resource: nothing if it would take it. */
  List<StatusCause> complaints(Class<? extends HasMetadata> kind, JsonNode manifest) {
    return complaints("POST", path(kind), manifest);
  }

  /** Tells what the server would say to the status of a manifest, for a resource that it has. */
  List<StatusCause> complaintsOfStatus(Class<? extends HasMetadata> kind, JsonNode manifest) {
    ObjectNode resource = (ObjectNode) read(kind, nameOf(manifest));
    resource.set("status", manifest.get("status"));
    return complaints("PUT", path(kind) + "/" + nameOf(manifest) + "/status", resource);
  }

  private List<StatusCause> complaints(String method, String path, JsonNode manifest) {
    try {
      send(method, path + "?dryRun=All&fieldValidation=Strict", manifest);
      return List.of();
    } catch (KubernetesClientException refusal) {
      return causes(refusal);
    }
  }

  static List<StatusCause> causes(KubernetesClientException refusal) {
    if (refusal.getStatus() == null || refusal.getStatus().getDetails() == null) {
      throw refusal;
    }
    return refusal.getStatus().getDetails().getCauses();
  }

  private JsonNode send(String method, String path, JsonNode payload) {
    return parse(client.raw(path, method, payload));
  }

  private String path(Class<? extends HasMetadata> kind) {
    return "/apis/%s/namespaces/%s/%s"
        .formatted(
            HasMetadata.getApiVersion(kind), client.getNamespace(), HasMetadata.getPlural(kind));
  }

  private static String nameOf(JsonNode manifest) {
    return manifest.at("/metadata/name").asText();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }
}
