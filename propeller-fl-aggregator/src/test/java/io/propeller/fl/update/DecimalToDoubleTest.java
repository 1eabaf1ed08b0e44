package io.propeller.fl.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecimalToDoubleTest {

  private static double parse(String number) {
    double[] parsed =
        JsonNumberArray.parse(
            ("[" + number + "]").getBytes(StandardCharsets.UTF_8), DecodeLimits.defaults());
    assertThat(parsed).as(number).hasSize(1);
    return parsed[0];
  }

  private static void assertExact(String number) {
    assertThat(Double.doubleToRawLongBits(parse(number)))
        .as(number)
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(number)));
  }

  @Property(tries = 2_000)
  void everyShortestFormIsReadBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      assertExact(Double.toString(value));
    }
  }

  @Test
  void anyMantissaAndExponentIsReadAsTheJdkReadsIt() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long mantissa = random.nextLong() >>> random.nextInt(64);
      int exponent = random.nextInt(-345, 310);
      assertExact(Math.abs(mantissa % 1_000_000_000_000_000_000L) + "e" + exponent);
    }
  }

  @Test
  void valuesHalfwayBetweenTwoDoublesGoToTheEvenOne() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      long odd = (1L << 53) + 2 * random.nextLong(1L << 52) + 1;
      assertExact(Long.toString(odd));
      assertExact(Long.toString(2 * odd));
      assertExact(
          new java.math.BigDecimal(odd).divide(new java.math.BigDecimal(16)).toPlainString());
    }
  }

  @Test
  void theKnownHardNumbersAreExact() {
    for (String number :
        new String[] {
          "0",
          "-0",
          "0.0",
          "-0.0e5",
          "1",
          "0.1",
          "123456789012345678",
          "9007199254740993",
          "9007199254740992.5",
          "1.7976931348623157e308",
          "1.7976931348623158e308",
          "1.7976931348623159e308",
          "1e309",
          "-1e400",
          "2.2250738585072011e-308",
          "2.2250738585072012e-308",
          "2.2250738585072014e-308",
          "4.9e-324",
          "2.4e-324",
          "1e-400",
          "6.8271292175e-5",
          "7.3177701707893310e15",
          "1e23",
          "8.5e22",
          "1.00000000000000011102230246251565",
          "0.000000000000000000000000000000000000000123456789012345678",
          "12345678901234567890123",
          "1E+5",
          "1e-05"
        }) {
      assertExact(number);
    }
  }
}
