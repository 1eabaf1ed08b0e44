package io.propeller.operator.internal.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as Kubernetes tools write them: {@code 30s}, {@code 1m30s}, {@code 250ms}. */
final class GoDuration implements ITypeConverter<Duration> {

  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|us|ns|h|m|s)");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  @Override
  public Duration convert(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is not a duration such as 30s or 1m30s");
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(parts.group(2), 0L));
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(unit));
    }
    if (nanos.signum() == 0) {
      throw new TypeConversionException("'" + text + "' is not longer than nothing");
    }
    try {
      return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + text + "' is longer than 292 years");
    }
  }
}
