package io.propeller.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.propeller.mqtt.topic.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The resources of one YAML file.
 *
 * @param file where they were read
 * @param resources what it holds, in its order
 */
record Manifest(Path file, List<GenericKubernetesResource> resources) {

  /**
   * Reads a file.
   *
   * @throws DemoException if it cannot be read, or is not YAML of resources
   */
  static Manifest read(Path file, KubernetesSerialization yaml) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new DemoException(file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
    List<GenericKubernetesResource> resources = new ArrayList<>();
    for (String document : text.split("(?m)^---\\s*$", -1)) {
      if (document.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
        continue;
      }
      resources.add(resource(file, document, yaml));
    }
    if (resources.isEmpty()) {
      throw new DemoException(file + ": holds no resource");
    }
    return new Manifest(file, List.copyOf(resources));
  }

  private static GenericKubernetesResource resource(
      Path file, String document, KubernetesSerialization yaml) {
    GenericKubernetesResource resource;
    try {
      resource = yaml.unmarshal(document, GenericKubernetesResource.class);
    } catch (RuntimeException e) {
      throw new DemoException(file + ": " + rootMessage(e), e);
    }
    if (resource == null
        || resource.getApiVersion() == null
        || resource.getKind() == null
        || resource.getMetadata() == null) {
      throw new DemoException(file + ": a document has no apiVersion, kind or metadata");
    }
    return resource;
  }

  /**
   * Applies a resource as it is written, to that namespace unless it names its own.
   *
   * @return the resource as the API server has it
   * @throws DemoException if the API server refuses it; the message is its own
   */
  GenericKubernetesResource apply(
      GenericKubernetesResource resource, KubernetesClient client, String namespace) {
    if (resource.getMetadata().getNamespace() == null) {
      resource.getMetadata().setNamespace(namespace);
    }
    try {
      return client.resource(resource).createOr(present -> present.patch());
    } catch (KubernetesClientException e) {
      throw new DemoException(file + ": " + reason(e), e);
    }
  }

  /** Returns the channel that the first Proplet names; empty if there is no Proplet. */
  Optional<Channel> channel() {
    return resources.stream()
        .filter(resource -> resource.getKind().equals("Proplet"))
        .findFirst()
        .map(
            proplet -> {
              String domain =
                  text(proplet, "domainId").or(() -> text(proplet, "tenantId")).orElse("");
              try {
                return Channel.of(domain, text(proplet, "channelId").orElse(""));
              } catch (IllegalArgumentException e) {
                throw new DemoException(file + ": spec.connectionConfig: " + e.getMessage(), e);
              }
            });
  }

  private static Optional<String> text(GenericKubernetesResource proplet, String field) {
    Object value = proplet.get("spec", "connectionConfig", field);
    return Optional.ofNullable(value).map(Object::toString);
  }

  private static String reason(KubernetesClientException e) {
    return e.getStatus() != null && e.getStatus().getMessage() != null
        ? oneLine(e.getStatus().getMessage())
        : oneLine(String.valueOf(e.getMessage()));
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return oneLine(String.valueOf(root.getMessage()));
  }

  private static String oneLine(String text) {
    return text.lines().map(String::strip).findFirst().orElse("");
  }
}
