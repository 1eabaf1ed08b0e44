package io.propeller.fl.update;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.propeller.fl.internal.ValueStyle;
import org.immutables.value.Value;

/** How large the parts of a message may be. They hold before memory is taken for them. */
@Value.Immutable
@ValueStyle
public interface DecodeLimits {

  /** Returns the limits that fit the workers in the field. */
  static DecodeLimits defaults() {
    return Defaults.INSTANCE;
  }

  /** Returns a builder that begins with the defaults. */
  static Builder builder() {
    return new Builder();
  }

  /** Returns the size of a message in bytes; 10 MiB by default. */
  @Value.Default
  default int maxMessageBytes() {
    return 10 << 20;
  }

  /**
   * Returns the length of a string in characters, which bounds the update in base64; 8 MiB by
   * default.
   */
  @Value.Default
  default int maxStringLength() {
    return 8 << 20;
  }

  /** Returns the depth of nested arrays and objects; 32 by default. */
  @Value.Default
  default int maxDepth() {
    return 32;
  }

  /** Returns the length of a number in characters; 64 by default. */
  @Value.Default
  default int maxNumberLength() {
    return 64;
  }

  /** Returns the length of a key in characters; 256 by default. */
  @Value.Default
  default int maxNameLength() {
    return 256;
  }

  /** Returns the number of values of a model; 4 Mi by default. */
  @Value.Default
  default int maxValues() {
    return 4 << 20;
  }

  /** Checks that every limit is positive. */
  @Value.Check
  default void check() {
    checkArgument(
        maxMessageBytes() > 0, "maxMessageBytes must be positive, is %s", maxMessageBytes());
    checkArgument(
        maxStringLength() > 0, "maxStringLength must be positive, is %s", maxStringLength());
    checkArgument(maxDepth() > 0, "maxDepth must be positive, is %s", maxDepth());
    checkArgument(
        maxNumberLength() > 0, "maxNumberLength must be positive, is %s", maxNumberLength());
    checkArgument(maxNameLength() > 0, "maxNameLength must be positive, is %s", maxNameLength());
    checkArgument(maxValues() > 0, "maxValues must be positive, is %s", maxValues());
  }

  /**
   * Returns a source of parsers that apply these limits; made once, since that takes longer than to
   * parse a message.
   */
  @Value.Lazy
  default JsonFactory json() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(maxMessageBytes())
                .maxStringLength(maxStringLength())
                .maxNestingDepth(maxDepth())
                .maxNumberLength(maxNumberLength())
                .maxNameLength(maxNameLength())
                .build())
        .build();
  }

  /** Holds the one instance with the defaults. */
  final class Defaults {
    private static final DecodeLimits INSTANCE = builder().build();

    private Defaults() {}
  }

  /** Collects the fields. */
  final class Builder extends ImmutableDecodeLimits.Builder {}
}
