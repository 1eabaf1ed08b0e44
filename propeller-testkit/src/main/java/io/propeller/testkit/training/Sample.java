package io.propeller.testkit.training;

/**
 * One sample.
 *
 * @param x0 the first feature, which is small and tells most of the label
 * @param x1 the second, which is large and tells less
 * @param x2 the third, which is large and tells little
 * @param x3 the last feature, which tells nothing
 * @param label 0 or 1
 */
public record Sample(double x0, double x1, double x2, double x3, int label) {}
