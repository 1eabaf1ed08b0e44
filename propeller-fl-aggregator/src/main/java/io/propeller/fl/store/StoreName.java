package io.propeller.fl.store;

import java.util.regex.Pattern;

/**
 * The name of a model or of a round in a store. It cannot lead out of the store's folder.
 *
 * @param value a DNS subdomain (RFC 1123), as Kubernetes names are: up to 253 lower-case letters,
 *     digits, {@code -} and {@code .}, with a letter or digit at both ends of each piece between
 *     dots
 */
public record StoreName(String value) implements Comparable<StoreName> {
  private static final int MAX_LENGTH = 253;
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is not a DNS subdomain
   */
  public StoreName {
    if (value.length() > MAX_LENGTH || !NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a name in the store is a DNS subdomain of at most 253 characters, such as"
              + " 'my-namespace.my-job'");
    }
  }

  /**
   * Returns this name.
   *
   * @throws IllegalArgumentException if it is not a DNS subdomain
   */
  public static StoreName of(String value) {
    return new StoreName(value);
  }

  /**
   * Returns the name of something in a Kubernetes namespace.
   *
   * @throws IllegalArgumentException if either is not a Kubernetes name
   */
  public static StoreName of(String namespace, String name) {
    return new StoreName(namespace + "." + name);
  }

  @Override
  public int compareTo(StoreName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
