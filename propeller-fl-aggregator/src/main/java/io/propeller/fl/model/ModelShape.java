package io.propeller.fl.model;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * The parts of a model, in the order in which they lie in its flat vector: by name.
 *
 * <p>The order does not depend on how a worker happened to write its JSON, so two vectors of equal
 * shape can be added.
 */
public final class ModelShape {
  private static final int SHOWN_PARTS = 8;

  private final ImmutableList<Part> parts;
  private final int length;

  private ModelShape(ImmutableList<Part> parts, int length) {
    this.parts = parts;
    this.length = length;
  }

  /**
   * Returns the shape of these parts, whatever order they come in.
   *
   * @throws IllegalArgumentException if two have one name, or their sizes exceed an int together
   */
  public static ModelShape of(Collection<Part> parts) {
    ImmutableList<Part> sorted =
        ImmutableList.sortedCopyOf(Comparator.comparing(Part::name), parts);
    long length = 0;
    for (int i = 0; i < sorted.size(); i++) {
      if (i > 0 && sorted.get(i - 1).name().equals(sorted.get(i).name())) {
        throw new IllegalArgumentException("two parts are named '" + sorted.get(i).name() + "'");
      }
      length += sorted.get(i).size();
    }
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a model has at most 2^31 - 1 values, this one has " + length);
    }
    return new ModelShape(sorted, (int) length);
  }

  /** Returns the shape of these parts, whatever order they come in. */
  public static ModelShape of(Part... parts) {
    return of(ImmutableList.copyOf(parts));
  }

  /** Returns the shape of a bare array of that many numbers. */
  public static ModelShape vector(int length) {
    return of(Part.of("", length));
  }

  /** Returns the parts, by name. */
  public ImmutableList<Part> parts() {
    return parts;
  }

  /** Returns the number of values in the whole model. */
  public int length() {
    return length;
  }

  /**
   * Returns where a part begins in the flat vector.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public int offset(String name) {
    int offset = 0;
    for (Part part : parts) {
      if (part.name().equals(name)) {
        return offset;
      }
      offset += part.size();
    }
    throw new IllegalArgumentException("no part '" + name + "' in " + this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelShape shape && parts.equals(shape.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    String shown =
        parts.stream().limit(SHOWN_PARTS).map(Part::toString).collect(Collectors.joining(", "));
    return parts.size() > SHOWN_PARTS ? shown + ", … (" + parts.size() + " parts)" : shown;
  }
}
