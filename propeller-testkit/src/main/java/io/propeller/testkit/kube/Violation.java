package io.propeller.testkit.kube;

/**
 * One thing that is wrong with an object, in the words of an API server.
 *
 * @param field its path, such as {@code spec.priority}
 * @param reason the kind of mistake, as in {@code Status.details.causes}
 * @param message the value and what would be right
 */
record Violation(String field, String reason, String message) {

  static Violation required(String field) {
    return new Violation(field, "FieldValueRequired", "Required value");
  }

  static Violation invalid(String field, String value, String rule) {
    return new Violation(field, "FieldValueInvalid", "Invalid value: " + value + ": " + rule);
  }

  static Violation inBody(String field, String value, String rule) {
    return invalid(field, value, field + " in body " + rule);
  }

  @Override
  public String toString() {
    return field + ": " + message;
  }
}
