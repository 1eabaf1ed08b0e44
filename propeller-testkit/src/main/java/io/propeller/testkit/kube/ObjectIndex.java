package io.propeller.testkit.kube;

import io.fabric8.kubernetes.client.server.mock.KubernetesAttributesExtractor;
import io.fabric8.mockwebserver.crud.Attribute;
import io.fabric8.mockwebserver.crud.AttributeSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds an object of the mock's store by what identifies it. */
final class ObjectIndex {

  private static final List<String> IDENTITY =
      List.of(
          KubernetesAttributesExtractor.API,
          KubernetesAttributesExtractor.VERSION,
          KubernetesAttributesExtractor.PLURAL,
          KubernetesAttributesExtractor.NAMESPACE,
          KubernetesAttributesExtractor.NAME);

  private final Map<List<String>, AttributeSet> objects = new ConcurrentHashMap<>();

  /** Returns the attributes under which the store has the object, if it has it. */
  Optional<AttributeSet> find(AttributeSet query) {
    return Optional.ofNullable(objects.get(identity(query)));
  }

  void put(AttributeSet attributes) {
    objects.put(identity(attributes), attributes);
  }

  void remove(AttributeSet attributes) {
    objects.remove(identity(attributes));
  }

  private static List<String> identity(AttributeSet attributes) {
    return IDENTITY.stream()
        .map(
            name -> {
              Attribute attribute = attributes.getAttribute(name);
              return attribute == null ? "" : attribute.getValues().toString();
            })
        .toList();
  }
}
