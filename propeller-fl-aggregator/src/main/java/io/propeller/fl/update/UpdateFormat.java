package io.propeller.fl.update;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the numbers of an update are written. */
public enum UpdateFormat {
  /** JSON: an array of numbers, or numbers in any nesting of arrays and objects. */
  JSON_F64("json-f64", "json"),
  /** IEEE 754 binary32, little-endian. */
  F32("f32", "float32"),
  /** IEEE 754 binary64, little-endian. */
  F64("f64", "float64"),
  /** IEEE 754 binary16, little-endian. */
  F16("f16", "float16"),
  /** Signed bytes, each to be multiplied by the envelope's {@code scale}. */
  INT8("int8", "i8"),
  /**
   * The Rust worker's label for whatever its module printed: JSON if it reads as such, otherwise
   * binary32.
   */
  SNIFF("f32-delta");

  private final ImmutableList<String> labels;

  UpdateFormat(String... labels) {
    this.labels = ImmutableList.copyOf(labels);
  }

  /** Returns the name that stands in an envelope. */
  public String label() {
    return labels.get(0);
  }

  /** Returns the format of that name, in any case; empty if it is unknown. */
  public static Optional<UpdateFormat> parse(String label) {
    return Arrays.stream(values())
        .filter(format -> format.labels.stream().anyMatch(label::equalsIgnoreCase))
        .findFirst();
  }

  /** Returns the names of all formats, for messages. */
  static String known() {
    return Arrays.stream(values()).map(UpdateFormat::label).collect(Collectors.joining(", "));
  }
}
