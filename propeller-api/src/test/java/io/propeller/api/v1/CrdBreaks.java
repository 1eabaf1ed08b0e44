package io.propeller.api.v1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a definition no longer allows, or means differently, than the one that was promised:
 * what could make an object unreadable that is stored, or a manifest refused that was accepted.
 */
final class CrdBreaks {

  private final List<String> found = new ArrayList<>();

  private CrdBreaks() {}

  /** Returns each break with its path; none if every object that was allowed still is. */
  static List<String> between(CustomResourceDefinition promised, CustomResourceDefinition present) {
    CrdBreaks breaks = new CrdBreaks();
    breaks.same("", "group", promised, present, crd -> crd.getSpec().getGroup());
    breaks.same("", "scope", promised, present, crd -> crd.getSpec().getScope());
    breaks.same("", "kind", promised, present, crd -> crd.getSpec().getNames().getKind());
    breaks.same("", "plural", promised, present, crd -> crd.getSpec().getNames().getPlural());
    breaks.kept(
        "", "short name", promised, present, crd -> crd.getSpec().getNames().getShortNames());
    for (CustomResourceDefinitionVersion version : promised.getSpec().getVersions()) {
      present.getSpec().getVersions().stream()
          .filter(other -> other.getName().equals(version.getName()) && other.getServed())
          .findFirst()
          .ifPresentOrElse(
              other -> breaks.compareVersions(version, other),
              () -> breaks.found.add("version " + version.getName() + " is no longer served"));
    }
    return breaks.found;
  }

  private void compareVersions(
      CustomResourceDefinitionVersion promised, CustomResourceDefinitionVersion present) {
    kept(
        "",
        "selectable field",
        promised,
        present,
        version -> version.getSelectableFields().stream().map(f -> f.getJsonPath()).toList());
    compare(
        "", promised.getSchema().getOpenAPIV3Schema(), present.getSchema().getOpenAPIV3Schema());
  }

  private void compare(String path, JSONSchemaProps promised, JSONSchemaProps present) {
    same(path, "type", promised, present, JSONSchemaProps::getType);
    same(path, "format", promised, present, JSONSchemaProps::getFormat);
    same(path, "default", promised, present, JSONSchemaProps::getDefault);
    same(path, "list type", promised, present, JSONSchemaProps::getXKubernetesListType);
    same(path, "list keys", promised, present, JSONSchemaProps::getXKubernetesListMapKeys);
    same(path, "int-or-string", promised, present, JSONSchemaProps::getXKubernetesIntOrString);
    same(path, "any JSON", promised, present, JSONSchemaProps::getXKubernetesPreserveUnknownFields);
    notNewOrOther(path, "pattern", promised, present, JSONSchemaProps::getPattern);
    notTighter(path, "maximum", promised, present, JSONSchemaProps::getMaximum, (a, b) -> b < a);
    notTighter(path, "minimum", promised, present, JSONSchemaProps::getMinimum, (a, b) -> b > a);
    notTighter(
        path, "maxLength", promised, present, JSONSchemaProps::getMaxLength, (a, b) -> b < a);
    notTighter(
        path, "minLength", promised, present, JSONSchemaProps::getMinLength, (a, b) -> b > a);
    notTighter(path, "maxItems", promised, present, JSONSchemaProps::getMaxItems, (a, b) -> b < a);
    notTighter(path, "minItems", promised, present, JSONSchemaProps::getMinItems, (a, b) -> b > a);
    notTighter(
        path,
        "maxProperties",
        promised,
        present,
        JSONSchemaProps::getMaxProperties,
        (a, b) -> b < a);
    if (promised.getEnum() != null && !promised.getEnum().isEmpty()) {
      kept(path, "value", promised, present, JSONSchemaProps::getEnum);
    } else if (present.getEnum() != null && !present.getEnum().isEmpty()) {
      found.add(path + " takes some values only");
    }
    kept(path, "requirement of", present, promised, JSONSchemaProps::getRequired, "is new");
    kept(
        path,
        "rule",
        present,
        promised,
        schema -> schema.getXKubernetesValidations().stream().map(ValidationRule::getRule).toList(),
        "is new");
    properties(promised)
        .forEach(
            (name, schema) -> {
              JSONSchemaProps other = properties(present).get(name);
              if (other == null) {
                found.add(path + "." + name + " is gone");
              } else {
                compare(path + "." + name, schema, other);
              }
            });
    if (promised.getItems() != null && present.getItems() != null) {
      compare(path + "[]", promised.getItems().getSchema(), present.getItems().getSchema());
    }
    if (promised.getAdditionalProperties() != null && present.getAdditionalProperties() != null) {
      compare(
          path + "{}",
          promised.getAdditionalProperties().getSchema(),
          present.getAdditionalProperties().getSchema());
    }
  }

  private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
    return schema.getProperties() == null ? Map.of() : schema.getProperties();
  }

  private <S> void same(
      String path, String what, S promised, S present, Function<S, @Nullable Object> get) {
    if (!Objects.equals(get.apply(promised), get.apply(present))) {
      found.add(
          "%s: %s was %s and is %s".formatted(path, what, get.apply(promised), get.apply(present)));
    }
  }

  private void notNewOrOther(
      String path,
      String what,
      JSONSchemaProps promised,
      JSONSchemaProps present,
      Function<JSONSchemaProps, @Nullable Object> get) {
    if (get.apply(present) != null) {
      same(path, what, promised, present, get);
    }
  }

  private <T> void notTighter(
      String path,
      String what,
      JSONSchemaProps promised,
      JSONSchemaProps present,
      Function<JSONSchemaProps, @Nullable T> get,
      BiPredicate<T, T> tighter) {
    T before = get.apply(promised);
    T now = get.apply(present);
    if (now != null && (before == null || tighter.test(before, now))) {
      found.add("%s: %s was %s and is %s".formatted(path, what, before, now));
    }
  }

  private <S> void kept(
      String path, String what, S promised, S present, Function<S, ? extends List<?>> get) {
    kept(path, what, promised, present, get, "is gone");
  }

  private <S> void kept(
      String path,
      String what,
      S from,
      S in,
      Function<S, ? extends List<?>> get,
      String otherwise) {
    for (Object value : get.apply(from)) {
      if (!get.apply(in).contains(value)) {
        found.add("%s: %s %s %s".formatted(path, what, value, otherwise));
      }
    }
  }
}
