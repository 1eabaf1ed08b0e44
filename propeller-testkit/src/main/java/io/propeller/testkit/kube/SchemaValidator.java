package io.propeller.testkit.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Checks a value against the schema of a custom resource: types, required fields, bounds, lengths,
 * enumerations and patterns, with the messages of a Kubernetes API server. Formats are not checked.
 */
final class SchemaValidator {

  private final List<Violation> violations = new ArrayList<>();

  private SchemaValidator() {}

  /** Returns what is wrong, in the order of the schema; empty if nothing is. */
  static List<Violation> validate(JsonNode schema, JsonNode value) {
    SchemaValidator validator = new SchemaValidator();
    validator.check(schema, value, "");
    return List.copyOf(validator.violations);
  }

  private void check(JsonNode schema, JsonNode value, String path) {
    if (value.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    String type = schema.path("type").asText();
    if (!hasType(schema, type, value)) {
      String found = '"' + nameOf(value) + '"';
      add(Violation.inBody(path, found, "must be of type " + type + ": " + found));
      return;
    }
    checkEnumeration(schema, value, path);
    switch (value.getNodeType()) {
      case STRING -> checkText(schema, value.asText(), path);
      case NUMBER -> checkNumber(schema, value, path);
      case ARRAY -> checkItems(schema, value, path);
      case OBJECT -> checkFields(schema, value, path);
      default -> {}
    }
  }

  private void checkEnumeration(JsonNode schema, JsonNode value, String path) {
    JsonNode allowed = schema.path("enum");
    if (allowed.isMissingNode()) {
      return;
    }
    StringJoiner supported = new StringJoiner(", ");
    for (JsonNode each : allowed) {
      if (each.equals(value)) {
        return;
      }
      supported.add(each.toString());
    }
    add(
        new Violation(
            path,
            "FieldValueNotSupported",
            "Unsupported value: " + value + ": supported values: " + supported));
  }

  private void checkText(JsonNode schema, String text, String path) {
    int length = text.codePointCount(0, text.length());
    String quoted = '"' + text + '"';
    if (length > schema.path("maxLength").asLong(Long.MAX_VALUE)) {
      add(
          new Violation(
              path,
              "FieldValueTooLong",
              "Too long: may not be more than " + schema.path("maxLength") + " bytes"));
    }
    if (length < schema.path("minLength").asLong(0)) {
      add(
          Violation.inBody(
              path, quoted, "should be at least " + schema.path("minLength") + " chars long"));
    }
    String pattern = schema.path("pattern").asText();
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
      add(Violation.inBody(path, quoted, "should match '" + pattern + "'"));
    }
  }

  private void checkNumber(JsonNode schema, JsonNode value, String path) {
    JsonNode minimum = schema.path("minimum");
    JsonNode maximum = schema.path("maximum");
    if (minimum.isNumber()) {
      int order = value.decimalValue().compareTo(minimum.decimalValue());
      boolean exclusive = schema.path("exclusiveMinimum").asBoolean();
      if (order < 0 || (exclusive && order == 0)) {
        String relation = exclusive ? "greater than " : "greater than or equal to ";
        add(Violation.inBody(path, value.toString(), "should be " + relation + plain(minimum)));
      }
    }
    if (maximum.isNumber()) {
      int order = value.decimalValue().compareTo(maximum.decimalValue());
      boolean exclusive = schema.path("exclusiveMaximum").asBoolean();
      if (order > 0 || (exclusive && order == 0)) {
        String relation = exclusive ? "less than " : "less than or equal to ";
        add(Violation.inBody(path, value.toString(), "should be " + relation + plain(maximum)));
      }
    }
  }

  private void checkItems(JsonNode schema, JsonNode items, String path) {
    checkCount(schema, items.size(), path, "Items", "items");
    for (int i = 0; i < items.size(); i++) {
      check(schema.path("items"), items.get(i), path + "[" + i + "]");
    }
  }

  private void checkFields(JsonNode schema, JsonNode object, String path) {
    checkCount(schema, object.size(), path, "Properties", "properties");
    for (JsonNode required : schema.path("required")) {
      if (!object.has(required.asText())) {
        add(Violation.required(join(path, required.asText())));
      }
    }
    JsonNode properties = schema.path("properties");
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode declared = properties.path(field.getKey());
      if (!declared.isMissingNode()) {
        check(declared, field.getValue(), join(path, field.getKey()));
      } else if (schema.path("additionalProperties").isObject()) {
        check(
            schema.path("additionalProperties"),
            field.getValue(),
            path + "[" + field.getKey() + "]");
      }
    }
  }

  private void checkCount(JsonNode schema, int count, String path, String keyword, String noun) {
    JsonNode most = schema.path("max" + keyword);
    JsonNode least = schema.path("min" + keyword);
    if (most.isNumber() && count > most.asLong()) {
      String message = "Too many: %d: must have at most %s %s".formatted(count, most, noun);
      add(new Violation(path, "FieldValueTooMany", message));
    }
    if (least.isNumber() && count < least.asLong()) {
      add(
          Violation.inBody(
              path, String.valueOf(count), "should have at least " + least + " " + noun));
    }
  }

  private static boolean hasType(JsonNode schema, String type, JsonNode value) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isTextual() || isWhole(value);
    }
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isNumber();
      case "integer" -> isWhole(value);
      default -> true;
    };
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber()
        || (value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0);
  }

  private static String nameOf(JsonNode value) {
    return value.isNumber()
        ? (isWhole(value) ? "integer" : "number")
        : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static String plain(JsonNode number) {
    return number.decimalValue().stripTrailingZeros().toPlainString();
  }

  private static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private void add(Violation violation) {
    violations.add(violation);
  }
}
