package io.propeller.api.v1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The definitions of the five kinds, as an API server takes them. Whoever has a client applies
 * them:
 *
 * <pre>{@code
 * Crds.all().forEach(crd -> client.resource(crd).serverSideApply());
 * }</pre>
 *
 * <p>Safe for use by any number of threads.
 */
public final class Crds {

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          Proplet.class, Task.class, PropellerJob.class, FederatedJob.class, TrainingRound.class);

  /** Returns the classes of the five kinds. */
  public static List<Class<? extends HasMetadata>> kinds() {
    return KINDS;
  }

  /** Returns the definitions of the five kinds, new objects that belong to the caller. */
  public static List<CustomResourceDefinition> all() {
    return KINDS.stream().map(Crds::of).toList();
  }

  /**
   * Returns the definition of a kind, a new object that belongs to the caller.
   *
   * @throws IllegalArgumentException if the class is not one of the five kinds
   */
  public static CustomResourceDefinition of(Class<? extends HasMetadata> kind) {
    return new KubernetesSerialization().unmarshal(yaml(kind), CustomResourceDefinition.class);
  }

  /** Returns the definitions as one text of several YAML documents, for {@code kubectl apply}. */
  public static String yaml() {
    return KINDS.stream().map(Crds::yaml).collect(Collectors.joining("---\n"));
  }

  private static String yaml(Class<? extends HasMetadata> kind) {
    String path = "/META-INF/fabric8/" + HasMetadata.getFullResourceName(kind) + "-v1.yml";
    try (InputStream yaml = Crds.class.getResourceAsStream(path)) {
      if (yaml == null) {
        throw new IllegalArgumentException(
            kind.getName()
                + " is none of the kinds "
                + KINDS.stream().map(Class::getSimpleName).toList());
      }
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Crds() {}
}
