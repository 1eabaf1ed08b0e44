package io.propeller.scheduler.fleet;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.propeller.scheduler.model.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Turns resources into vectors and back: CPU first, then memory, then each other quantity in the
 * order of its coming.
 */
final class Dimensions {

  static final int CPU = 0;
  static final int MEMORY = 1;
  static final int FIRST_CUSTOM = 2;

  private final Map<String, Integer> places = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Interner<Amounts> interner = Interners.newWeakInterner();

  /** Returns the vector of these resources; equal ones share one. */
  Amounts amounts(Resources resources) {
    long[] values = new long[FIRST_CUSTOM];
    values[CPU] = resources.cpuMillis();
    values[MEMORY] = resources.memoryBytes();
    for (Map.Entry<String, Long> entry : resources.custom().entrySet()) {
      int place = place(entry.getKey());
      values = place < values.length ? values : Arrays.copyOf(values, place + 1);
      values[place] = entry.getValue();
    }
    return interner.intern(new Amounts(values));
  }

  /** Returns the resources of the vector with these values. */
  Resources resources(IntToLongFunction values) {
    Map<String, Long> custom = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      long value = values.applyAsLong(FIRST_CUSTOM + i);
      if (value != 0) {
        custom.put(names.get(i), value);
      }
    }
    return Resources.of(values.applyAsLong(CPU), values.applyAsLong(MEMORY), custom);
  }

  private int place(String name) {
    return places.computeIfAbsent(
        name,
        absent -> {
          names.add(absent);
          return FIRST_CUSTOM + names.size() - 1;
        });
  }
}
