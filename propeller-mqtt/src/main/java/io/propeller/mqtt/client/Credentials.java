package io.propeller.mqtt.client;

/**
 * What a client shows the broker.
 *
 * @param username the user
 * @param password the password
 */
public record Credentials(Secret username, Secret password) {

  /** Returns credentials that are known. */
  public static Credentials of(String username, String password) {
    return new Credentials(Secret.of(username), Secret.of(password));
  }
}
