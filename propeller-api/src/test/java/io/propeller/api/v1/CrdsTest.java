package io.propeller.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdsTest {

  private static final Map<String, List<String>> SHORT_NAMES =
      Map.of(
          "Proplet", List.of("plet"),
          "Task", List.of("ptask"),
          "PropellerJob", List.of("pjob"),
          "FederatedJob", List.of("fljob"),
          "TrainingRound", List.of("flround"));

  static Stream<CustomResourceDefinition> definitions() {
    return Crds.all().stream();
  }

  static Stream<Class<? extends HasMetadata>> kinds() {
    return Crds.kinds().stream();
  }

  @Test
  void theFiveKindsAreInOneText() {
    List<?> parsed = (List<?>) new KubernetesSerialization().<Object>unmarshal(Crds.yaml());

    assertThat(parsed).hasSize(5).isEqualTo(Crds.all());
  }

  @Test
  void aForeignKindIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Crds.of(Pod.class))
        .withMessageContaining("Proplet, Task, PropellerJob, FederatedJob, TrainingRound");
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void everyKindHasItsNamesAndAStatusOfItsOwn(CustomResourceDefinition crd) {
    var names = crd.getSpec().getNames();

    assertThat(names.getCategories()).containsExactly("propeller");
    assertThat(names.getShortNames()).isEqualTo(SHORT_NAMES.get(names.getKind()));
    assertThat(crd.getSpec().getScope()).isEqualTo("Namespaced");
    assertThat(crd.getSpec().getVersions())
        .singleElement()
        .satisfies(v -> assertThat(v.getSubresources().getStatus()).isNotNull());
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void atMostSevenColumnsAreNotWide(CustomResourceDefinition crd) {
    assertThat(crd.getSpec().getVersions().get(0).getAdditionalPrinterColumns())
        .filteredOn(column -> column.getPriority() == 0)
        .hasSizeBetween(1, 7);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFieldHasADescriptionAndEveryListAType(Class<? extends HasMetadata> kind) {
    check(kind.getSimpleName(), ValidManifests.schemaOf(kind));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void conditionsAreAMapByType(Class<? extends HasMetadata> kind) {
    JSONSchemaProps conditions =
        ValidManifests.schemaOf(kind)
            .getProperties()
            .get("status")
            .getProperties()
            .get("conditions");

    assertThat(conditions.getXKubernetesListMapKeys()).containsExactly("type");
    assertThat(conditions.getItems().getSchema().getRequired())
        .containsExactlyInAnyOrder("type", "status", "reason", "message", "lastTransitionTime");
  }

  private static void check(String path, JSONSchemaProps schema) {
    assertThat(schema.getDescription()).as(path).isNotBlank();
    if ("array".equals(schema.getType())) {
      assertThat(schema.getXKubernetesListType()).as(path).isIn("atomic", "set", "map");
    }
    JSONSchemaProps inside = schema.getItems() == null ? schema : schema.getItems().getSchema();
    if (inside.getProperties() != null) {
      inside.getProperties().forEach((name, part) -> check(path + "." + name, part));
    }
  }
}
