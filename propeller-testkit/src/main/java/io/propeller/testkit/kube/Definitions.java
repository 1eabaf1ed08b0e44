package io.propeller.testkit.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Finds the custom resource definitions that fabric8's generator writes beside the classes. */
final class Definitions {

  private Definitions() {}

  static CustomResourceDefinition of(Class<? extends HasMetadata> type) {
    String path = "META-INF/fabric8/" + HasMetadata.getFullResourceName(type) + "-v1.yml";
    try (InputStream yaml = type.getClassLoader().getResourceAsStream(path)) {
      if (yaml == null) {
        throw new IllegalArgumentException(
            "no definition of " + type.getName() + ": " + path + " is not on the class path");
      }
      return Serialization.unmarshal(yaml, CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
