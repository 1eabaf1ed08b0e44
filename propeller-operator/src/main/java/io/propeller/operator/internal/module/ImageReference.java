package io.propeller.operator.internal.module;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an image of a registry.
 *
 * @param host the registry, with its port if it has one
 * @param repository the path within the registry
 * @param tag the tag, {@code latest} where there is neither tag nor digest
 * @param digest 64 hexadecimal digits
 */
record ImageReference(
    String host, String repository, Optional<String> tag, Optional<String> digest) {

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:oci://)?([a-zA-Z0-9.-]+(?::\\d{1,5})?)"
              + "/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)"
              + "(?::([\\w][\\w.-]{0,127}))?"
              + "(?:@sha256:([0-9a-f]{64}))?");

  /**
   * Reads a reference.
   *
   * @throws IllegalArgumentException if it is none that names its registry
   */
  static ImageReference parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches() || text.length() > 512) {
      throw new IllegalArgumentException(
          "'%s' is not an image reference such as registry.example.com/app:v1".formatted(text));
    }
    Optional<String> digest = Optional.ofNullable(matcher.group(4));
    Optional<String> tag = Optional.ofNullable(matcher.group(3));
    return new ImageReference(
        matcher.group(1),
        matcher.group(2),
        tag.isPresent() || digest.isPresent() ? tag : Optional.of("latest"),
        digest);
  }

  /** Returns what the reference stands for now, whatever it stood for. */
  ImageReference withoutDigest() {
    return new ImageReference(
        host, repository, tag.or(() -> Optional.of("latest")), Optional.empty());
  }
}
