package io.propeller.fl.aggregate;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Normally distributed numbers, the same for the same seed on every machine, and unpredictable
 * without it.
 *
 * <p>Bits come from AES-256 in counter mode; pairs of uniform numbers become pairs of normal ones
 * as in Box and Muller, "A note on the generation of random normal deviates" (Annals of
 * Mathematical Statistics 29, 1958).
 */
final class GaussianNoise {
  private static final int AES_BLOCK = 16;
  private static final int BUFFER = 8_192;
  private static final double UNIT = 0x1p-53;
  private static final int UNUSED_BITS = 11;

  private final Cipher cipher;
  private final byte[] zeros = new byte[BUFFER];
  private byte[] bits = new byte[0];
  private int at;

  GaussianNoise(NoiseSeed seed) {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(seed.bytes(), "AES"),
          new IvParameterSpec(new byte[AES_BLOCK]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES in counter mode", e);
    }
  }

  /** Adds noise of this standard deviation to every value. */
  void addTo(double[] values, double deviation) {
    for (int i = 0; i < values.length; i += 2) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
      double angle = 2 * Math.PI * uniform();
      values[i] += deviation * radius * StrictMath.cos(angle);
      if (i + 1 < values.length) {
        values[i + 1] += deviation * radius * StrictMath.sin(angle);
      }
    }
  }

  /** Returns a number above 0 and not above 1. */
  private double uniform() {
    if (at == bits.length) {
      bits = cipher.update(zeros);
      at = 0;
    }
    long word = ByteBuffer.wrap(bits).getLong(at);
    at += Long.BYTES;
    return ((word >>> UNUSED_BITS) + 1) * UNIT;
  }
}
