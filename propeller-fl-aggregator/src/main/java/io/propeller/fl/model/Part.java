package io.propeller.fl.model;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A named tensor within a model.
 *
 * @param name where it stands in the model's JSON form, as a JSON Pointer (RFC 6901): {@code
 *     /layer1/w}; empty for a model that is a bare array
 * @param dimensions its extents, outermost first; none for a single number
 */
public record Part(String name, ImmutableList<Integer> dimensions) {

  /**
   * Checks the name and the extents.
   *
   * @throws IllegalArgumentException if the name is not a JSON Pointer, an extent is negative, or
   *     the size exceeds an int
   */
  public Part {
    if (!name.isEmpty() && name.charAt(0) != '/') {
      throw new IllegalArgumentException(
          "part name must be empty or begin with '/', is '" + name + "'");
    }
    long size = 1;
    for (int extent : dimensions) {
      if (extent < 0) {
        throw new IllegalArgumentException(
            "part '" + name + "' has a negative dimension: " + dimensions);
      }
      size *= extent;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("part '" + name + "' is too large: " + dimensions);
      }
    }
  }

  /** Returns a part with these extents. */
  public static Part of(String name, Integer... dimensions) {
    return new Part(name, ImmutableList.copyOf(dimensions));
  }

  /** Returns a part with these extents. */
  public static Part of(String name, List<Integer> dimensions) {
    return new Part(name, ImmutableList.copyOf(dimensions));
  }

  /** Returns the number of values in this part. */
  public int size() {
    int size = 1;
    for (int extent : dimensions) {
      size *= extent;
    }
    return size;
  }

  @Override
  public String toString() {
    return name + dimensions;
  }
}
