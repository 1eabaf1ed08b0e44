package io.propeller.operator.internal.resources;

import io.fabric8.kubernetes.api.model.Quantity;
import io.propeller.api.v1.ResourceAmounts;
import io.propeller.scheduler.model.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads quantities: of CPU in thousandths, of all else in units, rounded up. */
public final class Quantities {

  private static final long MEBIBYTE = 1 << 20;

  private Quantities() {}

  /**
   * Returns what a worker has; what it does not name of CPU and memory is unlimited.
   *
   * @throws IllegalArgumentException if one is no quantity; the message names the field
   */
  public static Resources capacity(String field, Map<String, Quantity> quantities) {
    Map<String, Quantity> custom = new HashMap<>(quantities);
    Quantity cpu = custom.remove("cpu");
    Quantity memory = custom.remove("memory");
    return Resources.of(
        read(field + ".cpu", cpu, 1_000, Long.MAX_VALUE),
        read(field + ".memory", memory, 1, Long.MAX_VALUE),
        units(field, custom));
  }

  /**
   * Returns what a task needs; what it does not name is nothing.
   *
   * @throws IllegalArgumentException if one is no quantity; the message names the field
   */
  public static Resources needs(String field, @Nullable ResourceAmounts amounts) {
    if (amounts == null) {
      return Resources.NONE;
    }
    return Resources.of(
        read(field + ".cpu", amounts.getCpu(), 1_000, 0),
        read(field + ".memory", amounts.getMemory(), 1, 0),
        units(field + ".custom", amounts.getCustom()));
  }

  /**
   * Returns what tasks leave of what a worker declares.
   *
   * @throws IllegalArgumentException if a quantity is none; the message names the field
   */
  public static ResourceAmounts left(String field, Map<String, Quantity> declared, Resources used) {
    Resources capacity = capacity(field, declared);
    ResourceAmounts left = new ResourceAmounts();
    if (declared.containsKey("cpu")) {
      long millis = Math.max(0, capacity.cpuMillis() - used.cpuMillis());
      left.setCpu(millis % 1_000 == 0 ? quantity(millis / 1_000, "") : quantity(millis, "m"));
    }
    if (declared.containsKey("memory")) {
      long bytes = Math.max(0, capacity.memoryBytes() - used.memoryBytes());
      left.setMemory(
          bytes % MEBIBYTE == 0 ? quantity(bytes / MEBIBYTE, "Mi") : quantity(bytes, ""));
    }
    Map<String, Quantity> custom = new TreeMap<>();
    capacity
        .custom()
        .forEach(
            (name, amount) ->
                custom.put(
                    name,
                    quantity(Math.max(0, amount - used.custom().getOrDefault(name, 0L)), "")));
    left.setCustom(custom);
    return left;
  }

  /**
   * Returns a number of bytes.
   *
   * @throws IllegalArgumentException if the text is no quantity of one at least
   */
  public static long positiveBytes(String text) {
    long bytes = read("the size", Quantity.parse(text), 1, 0);
    if (bytes < 1) {
      throw new IllegalArgumentException("the size is '" + text + "', which is not positive");
    }
    return bytes;
  }

  private static Quantity quantity(long amount, String format) {
    return new Quantity(String.valueOf(amount), format);
  }

  private static Map<String, Long> units(String field, Map<String, Quantity> quantities) {
    Map<String, Long> units = new HashMap<>();
    quantities.forEach(
        (name, quantity) -> units.put(name, read(field + "." + name, quantity, 1, 0)));
    return units;
  }

  private static long read(String field, @Nullable Quantity quantity, int perUnit, long absent) {
    if (quantity == null) {
      return absent;
    }
    try {
      BigDecimal amount = quantity.getNumericalAmount().multiply(BigDecimal.valueOf(perUnit));
      return amount.setScale(0, RoundingMode.CEILING).longValueExact();
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          field + " is '" + quantity + "', which is not a quantity such as 500m or 256Mi");
    }
  }
}
