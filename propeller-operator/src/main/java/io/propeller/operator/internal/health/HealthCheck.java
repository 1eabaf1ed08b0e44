package io.propeller.operator.internal.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that health depends on.
 *
 * @param name what it is, in a word
 * @param problem says what is wrong with it now; empty when nothing is
 */
public record HealthCheck(String name, Supplier<Optional<String>> problem) {}
