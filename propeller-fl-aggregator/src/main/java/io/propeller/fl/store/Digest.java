package io.propeller.fl.store;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.util.regex.Pattern;

/**
 * The SHA-256 digest of some content, which names it.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {
  private static final String PREFIX = "sha256:";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException if they are not 64 lower-case hexadecimal ones
   */
  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "a SHA-256 digest has 64 hexadecimal digits, this one is '" + hex + "'");
    }
  }

  /** Returns the digest of this content. */
  public static Digest of(byte[] content) {
    return of(Hashing.sha256().hashBytes(content));
  }

  static Digest of(HashCode hash) {
    return new Digest(hash.toString());
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not {@code sha256:} and 64 lower-case hexadecimal
   *     digits
   */
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "a digest begins with sha256:, this one is '" + text + "'");
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
