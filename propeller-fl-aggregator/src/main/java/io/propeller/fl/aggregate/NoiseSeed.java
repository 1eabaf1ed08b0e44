package io.propeller.fl.aggregate;

import com.google.common.io.BaseEncoding;
import java.security.SecureRandom;

/**
 * 256 secret bits from which the noise of one round is drawn, so that it is the same after a crash.
 * Two rounds must not share one.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record NoiseSeed(String hex) {
  private static final int BYTES = 32;

  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException if they are not 64 lower-case hexadecimal ones
   */
  public NoiseSeed {
    if (hex.length() != 2 * BYTES || !BaseEncoding.base16().lowerCase().canDecode(hex)) {
      throw new IllegalArgumentException("a noise seed has 64 hexadecimal digits");
    }
  }

  /** Draws a new seed. */
  public static NoiseSeed draw(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new NoiseSeed(BaseEncoding.base16().lowerCase().encode(bytes));
  }

  byte[] bytes() {
    return BaseEncoding.base16().lowerCase().decode(hex);
  }

  /** Does not tell the secret. */
  @Override
  public String toString() {
    return "NoiseSeed[…]";
  }
}
