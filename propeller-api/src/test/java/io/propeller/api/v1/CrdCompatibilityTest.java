package io.propeller.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrdCompatibilityTest {

  /** The definitions of the last release; the present ones are copied over them at a release. */
  private static final Path RELEASED = Path.of("src", "released-crds");

  static Stream<Class<? extends HasMetadata>> kinds() {
    return Crds.kinds().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theDefinitionAllowsWhatTheLastReleaseAllowed(Class<? extends HasMetadata> kind)
      throws IOException {
    Path promised = RELEASED.resolve(HasMetadata.getFullResourceName(kind) + "-v1.yml");
    try (InputStream yaml = Files.newInputStream(promised)) {
      CustomResourceDefinition released =
          new KubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);

      assertThat(CrdBreaks.between(released, Crds.of(kind)))
          .as("changes that break a stored object or a manifest")
          .isEmpty();
    }
  }

  static List<Arguments> breaks() {
    return List.of(
        change("a field goes", spec -> spec.getProperties().remove("priority"), "priority is gone"),
        change("a type changes", spec -> field(spec, "name").setType("integer"), "type was string"),
        change("a default changes", spec -> field(spec, "kind").setDefault(null), "default was"),
        change("a value goes", spec -> field(spec, "kind").getEnum().remove(0), "value \""),
        change("a bound tightens", spec -> field(spec, "priority").setMaximum(99.0), "maximum was"),
        change("a bound is new", spec -> field(spec, "suspend").setMinLength(1L), "minLength was"),
        change("a list becomes a set", CrdCompatibilityTest::setOfInputs, "list type was atomic"),
        change("a field becomes required", spec -> spec.setRequired(List.of("name")), "is new"),
        change("a rule is new", CrdCompatibilityTest::newRule, "rule true is new"),
        change(
            "a pattern is new", spec -> field(spec, "name").setPattern("x"), "pattern was null"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaks")
  void aBreakIsFoundWhen(String what, Consumer<JSONSchemaProps> change, String finding) {
    CustomResourceDefinition changed = Crds.of(Task.class);
    change.accept(spec(changed));

    assertThat(CrdBreaks.between(Crds.of(Task.class), changed))
        .singleElement()
        .asString()
        .contains(finding);
  }

  @Test
  void whatIsOnlyAddedBreaksNothing() {
    CustomResourceDefinition changed = Crds.of(Task.class);
    JSONSchemaProps spec = spec(changed);
    spec.getProperties().put("later", new JSONSchemaPropsBuilder().withType("string").build());
    field(spec, "priority").setMaximum(1000.0);
    field(spec, "name").setDescription("other words");
    spec.setXKubernetesValidations(List.of());

    assertThat(CrdBreaks.between(Crds.of(Task.class), changed)).isEmpty();
  }

  private static Arguments change(String what, Consumer<JSONSchemaProps> change, String finding) {
    return Arguments.of(what, change, finding);
  }

  private static JSONSchemaProps spec(CustomResourceDefinition crd) {
    Map<String, JSONSchemaProps> parts =
        crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema().getProperties();
    return parts.get("spec");
  }

  private static JSONSchemaProps field(JSONSchemaProps spec, String name) {
    return spec.getProperties().get(name);
  }

  private static void setOfInputs(JSONSchemaProps spec) {
    field(spec, "inputs").setXKubernetesListType("set");
  }

  private static void newRule(JSONSchemaProps spec) {
    JSONSchemaProps withRule =
        new JSONSchemaPropsBuilder(spec)
            .addNewXKubernetesValidation()
            .withRule("true")
            .endXKubernetesValidation()
            .build();
    spec.setXKubernetesValidations(withRule.getXKubernetesValidations());
  }
}
