package io.propeller.fl.update;

import io.propeller.fl.model.ElementType;
import io.propeller.fl.model.PackedValues;

/** Widens the formats that have fewer bits than a float. */
final class Narrow {
  private static final int SIGN = 0x8000;
  private static final int EXPONENT = 0x7c00;
  private static final int FRACTION = 0x03ff;
  private static final float SUBNORMAL_UNIT = 0x1p-24f;
  private static final int FRACTION_SHIFT = 13;
  private static final int BIAS = (127 - 15) << 23;

  private Narrow() {}

  static PackedValues fromFloat16(byte[] halves) {
    byte[] floats = new byte[2 * halves.length];
    for (int i = 0; i < halves.length; i += Short.BYTES) {
      int bits = (halves[i] & 0xff) | (halves[i + 1] & 0xff) << 8;
      PackedValues.putFloat(floats, 2 * i, toFloat(bits));
    }
    return PackedValues.of(ElementType.FLOAT32, floats);
  }

  static PackedValues fromInt8(byte[] quantised, double scale) {
    byte[] floats = new byte[Float.BYTES * quantised.length];
    for (int i = 0; i < quantised.length; i++) {
      PackedValues.putFloat(floats, Float.BYTES * i, (float) (quantised[i] * scale));
    }
    return PackedValues.of(ElementType.FLOAT32, floats);
  }

  /** Converts the lower 16 bits, which is exact for every value of binary16. */
  static float toFloat(int half) {
    int exponent = half & EXPONENT;
    int fraction = half & FRACTION;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * SUBNORMAL_UNIT;
    } else if (exponent == EXPONENT) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat(((exponent | fraction) << FRACTION_SHIFT) + BIAS);
    }
    return (half & SIGN) == 0 ? magnitude : -magnitude;
  }
}
