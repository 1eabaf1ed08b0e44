package io.propeller.fl.update;

import java.math.BigInteger;

/**
 * Finds the double nearest to a decimal number of up to 19 digits.
 *
 * <p>Small numbers take the way of Clinger, "How to read floating point numbers accurately" (PLDI
 * 1990); others that of Lemire, "Number parsing at a gigabyte per second" (Software: Practice and
 * Experience 51, 2021), whose product of 128 bits always suffices (Mushtak and Lemire, "Fast number
 * parsing without fallback", 2023).
 */
final class DecimalToDouble {
  private static final int MIN_POWER = -342;
  private static final int MAX_POWER = 308;
  private static final int WORD = 64;
  private static final int PRODUCT = 128;
  private static final int MANTISSA_BITS = 52;
  private static final int EXPONENT_BIAS = 1023;
  private static final int INFINITE_EXPONENT = 0x7ff;
  private static final int SMALLEST_EXACT_RECIPROCAL = -27;
  private static final long EXACT_MANTISSA = 1L << 53;

  /** The powers of ten that are doubles. */
  private static final double[] EXACT = new double[23];

  /** The upper and lower 64 bits of 5^q, scaled to 128 bits, for q from {@link #MIN_POWER}. */
  private static final long[] HIGH = new long[MAX_POWER - MIN_POWER + 1];

  private static final long[] LOW = new long[MAX_POWER - MIN_POWER + 1];

  static {
    EXACT[0] = 1;
    for (int i = 1; i < EXACT.length; i++) {
      EXACT[i] = 10 * EXACT[i - 1];
    }
    BigInteger five = BigInteger.valueOf(5);
    BigInteger power = BigInteger.ONE;
    for (int q = 0; q <= MAX_POWER; q++) {
      store(q, power.shiftLeft(PRODUCT).shiftRight(power.bitLength()));
      power = power.multiply(five);
    }
    power = five;
    for (int q = -1; q >= MIN_POWER; q--) {
      int z = power.bitLength();
      int shift = q >= SMALLEST_EXACT_RECIPROCAL ? z + PRODUCT - 1 : 2 * z + PRODUCT;
      BigInteger reciprocal = BigInteger.ONE.shiftLeft(shift).divide(power).add(BigInteger.ONE);
      store(q, reciprocal.shiftRight(Math.max(0, reciprocal.bitLength() - PRODUCT)));
      power = power.multiply(five);
    }
  }

  private DecimalToDouble() {}

  private static void store(int q, BigInteger value) {
    HIGH[q - MIN_POWER] = value.shiftRight(WORD).longValue();
    LOW[q - MIN_POWER] = value.longValue();
  }

  /**
   * Returns mantissa · 10^exponent, rounded to nearest, ties to even.
   *
   * @param mantissa unsigned
   * @return NaN if the result is subnormal, zero or infinite for a mantissa other than 0: such
   *     numbers are rare and go elsewhere
   */
  static double convert(long mantissa, int exponent) {
    if (mantissa == 0) {
      return 0;
    }
    if (mantissa > 0 && mantissa <= EXACT_MANTISSA && Math.abs(exponent) < EXACT.length) {
      return exponent < 0 ? mantissa / EXACT[-exponent] : mantissa * EXACT[exponent];
    }
    if (exponent < MIN_POWER || exponent > MAX_POWER) {
      return Double.NaN;
    }
    return multiply(mantissa, exponent);
  }

  private static double multiply(long mantissa, int q) {
    int leading = Long.numberOfLeadingZeros(mantissa);
    long w = mantissa << leading;
    long fiveHigh = HIGH[q - MIN_POWER];
    long high = unsignedMultiplyHigh(w, fiveHigh);
    long low = w * fiveHigh;
    int spare = WORD - MANTISSA_BITS - 3;
    long mask = (1L << spare) - 1;
    if ((high & mask) == mask) {
      long carried = unsignedMultiplyHigh(w, LOW[q - MIN_POWER]);
      low += carried;
      if (Long.compareUnsigned(low, carried) < 0) {
        high++;
      }
    }
    int upper = (int) (high >>> (WORD - 1));
    int shift = upper + spare;
    long bits = high >>> shift;
    int exponent = floorLog2OfPowerOf10(q) + WORD - 1 + upper - leading + EXPONENT_BIAS;
    if (exponent <= 0) {
      return Double.NaN;
    }
    boolean maybeTie = Long.compareUnsigned(low, 1) <= 0 && q >= -4 && q <= 23 && (bits & 3) == 1;
    if (maybeTie && bits << shift == high) {
      bits &= ~1L;
    }
    bits = (bits + (bits & 1)) >>> 1;
    if (bits >= EXACT_MANTISSA) {
      bits = 1L << MANTISSA_BITS;
      exponent++;
    }
    if (exponent >= INFINITE_EXPONENT) {
      return Double.NaN;
    }
    return Double.longBitsToDouble(
        (bits & ~(1L << MANTISSA_BITS)) | ((long) exponent << MANTISSA_BITS));
  }

  /** 217706 / 2^16 is log2(10), closely enough for every exponent of a double. */
  private static int floorLog2OfPowerOf10(int q) {
    return (217_706 * q) >> 16;
  }

  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> (WORD - 1)) & b) + ((b >> (WORD - 1)) & a);
  }
}
