package io.propeller.operator.internal.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  private static final int CHANGES = 100_000;

  /** What becomes of a resource: it has these keys now; without any, it goes. */
  record Change(String resource, Set<String> keys) {}

  private final Map<ResourceID, ConfigMap> cache = new ConcurrentHashMap<>();
  private final KeyIndex<ConfigMap> index =
      new KeyIndex<>(map -> map.getData().keySet(), id -> Optional.ofNullable(cache.get(id)));

  @Property(tries = 500)
  void what_has_a_key_is_found_and_nothing_else(@ForAll("histories") List<Change> history) {
    history.forEach(this::apply);

    for (String key : List.of("a", "b", "c")) {
      assertThat(index.find(key))
          .containsExactlyInAnyOrderElementsOf(
              cache.values().stream().filter(map -> map.getData().containsKey(key)).toList());
    }
  }

  /** An answer is dropped for good whose Task is not found in the moment in which it arrives. */
  @Test
  void what_changes_is_found_while_it_does() {
    apply(new Change("task", Set.of("uid", "0")));
    CompletableFuture<Void> changes =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < CHANGES; i++) {
                apply(new Change("task", Set.of("uid", String.valueOf(i))));
              }
            });

    while (!changes.isDone()) {
      assertThat(index.find("uid")).hasSize(1);
    }
    changes.join();
  }

  @Test
  void one_that_was_made_anew_under_its_name_is_not_found_by_what_the_old_one_had() {
    apply(new Change("task", Set.of("old")));
    // It has come, and of that nothing has been heard yet.
    cache.put(id("task"), map("task", Set.of("new")));

    assertThat(index.find("old")).isEmpty();
  }

  @Provide
  Arbitrary<List<Change>> histories() {
    return Combinators.combine(
            Arbitraries.of("x", "y", "z"), Arbitraries.of("a", "b", "c").set().ofMaxSize(3))
        .as(Change::new)
        .list()
        .ofMaxSize(30);
  }

  private void apply(Change change) {
    ResourceID id = id(change.resource());
    if (change.keys().isEmpty()) {
      cache.remove(id);
    } else {
      cache.put(id, map(change.resource(), change.keys()));
    }
    index.changed(id);
  }

  private static ResourceID id(String name) {
    return new ResourceID(name, "default");
  }

  private static ConfigMap map(String name, Set<String> keys) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withData(keys.stream().collect(Collectors.toMap(key -> key, key -> "")))
        .build();
  }
}
