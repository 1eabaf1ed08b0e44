package io.propeller.testkit.wasm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Turns text into the values of WebAssembly and back. */
final class Values {

  private Values() {}

  /**
   * Reads the arguments of a function.
   *
   * @throws CallException if there are too few or too many, or one is not of its type
   */
  static long[] parse(String function, FunctionType type, List<String> inputs)
      throws CallException {
    List<ValType> parameters = type.params();
    if (parameters.size() != inputs.size()) {
      throw new CallException(
          "%s takes %s, and got %d".formatted(function, describe(parameters), inputs.size()));
    }
    long[] values = new long[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = parse(parameters.get(i), inputs.get(i).strip());
      } catch (NumberFormatException e) {
        throw new CallException(
            "input %d of %s must be %s, not \"%s\""
                .formatted(i + 1, function, describe(parameters.get(i)), inputs.get(i)));
      }
    }
    return values;
  }

  private static long parse(ValType type, String text) throws CallException {
    if (type.equals(ValType.I32)) {
      return Integer.parseInt(text);
    }
    if (type.equals(ValType.I64)) {
      return Long.parseLong(text);
    }
    if (type.equals(ValType.F32)) {
      return Float.floatToRawIntBits(Float.parseFloat(text));
    }
    if (type.equals(ValType.F64)) {
      return Double.doubleToRawLongBits(Double.parseDouble(text));
    }
    throw new CallException("inputs of type " + type + " cannot be given as text");
  }

  /** Writes a value as the Rust worker does: whole floating-point numbers without a point. */
  static String format(ValType type, long value) {
    if (type.equals(ValType.I32)) {
      return Integer.toString((int) value);
    }
    if (type.equals(ValType.F32)) {
      float number = Float.intBitsToFloat((int) value);
      return Float.isFinite(number) ? plain(Float.toString(number)) : special(number);
    }
    if (type.equals(ValType.F64)) {
      double number = Double.longBitsToDouble(value);
      return Double.isFinite(number) ? plain(Double.toString(number)) : special(number);
    }
    return Long.toString(value);
  }

  private static String plain(String number) {
    String digits = new BigDecimal(number).stripTrailingZeros().toPlainString();
    return number.startsWith("-") && !digits.startsWith("-") ? "-" + digits : digits;
  }

  private static String special(double number) {
    return Double.isNaN(number) ? "NaN" : number > 0 ? "inf" : "-inf";
  }

  private static String describe(List<ValType> parameters) {
    if (parameters.isEmpty()) {
      return "no inputs";
    }
    List<String> names = new ArrayList<>();
    parameters.forEach(parameter -> names.add(parameter.toString()));
    return "%d input%s (%s)"
        .formatted(names.size(), names.size() == 1 ? "" : "s", String.join(", ", names));
  }

  private static String describe(ValType type) {
    if (type.equals(ValType.I32)) {
      return "an i32, a whole number from -2147483648 to 2147483647";
    }
    if (type.equals(ValType.I64)) {
      return "an i64, a whole number from -9223372036854775808 to 9223372036854775807";
    }
    return "a number of type " + type;
  }
}
