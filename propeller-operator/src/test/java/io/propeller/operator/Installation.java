package io.propeller.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code kubectl apply -f install.yaml} installs. */
final class Installation {

  static final Path FILE = Path.of("..", "install.yaml");

  private Installation() {}

  /** Returns all objects, in the order of the file. */
  static List<HasMetadata> objects() {
    try {
      KubernetesSerialization yaml = new KubernetesSerialization();
      return List.of(Files.readString(FILE).split("(?m)^---\n")).stream()
          .map(document -> (HasMetadata) yaml.unmarshal(document))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the objects of a type, in the order of the file. */
  static <T extends HasMetadata> List<T> objects(Class<T> type) {
    return objects().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns the only object of a type. */
  static <T extends HasMetadata> T one(Class<T> type) {
    List<T> found = objects(type);
    if (found.size() != 1) {
      throw new AssertionError(
          "%d objects are of type %s".formatted(found.size(), type.getSimpleName()));
    }
    return found.get(0);
  }
}
