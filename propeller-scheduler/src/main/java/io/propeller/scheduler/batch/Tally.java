package io.propeller.scheduler.batch;

/**
 * How many tasks of a batch are how far, the guests among them.
 *
 * @param total all
 * @param completed ran and did what they were to do
 * @param failed ran and did not, or could not be made
 * @param skipped did not run and never will
 * @param interrupted were interrupted, for good or not
 * @param missing the guests that are not there
 */
public record Tally(
    int total, int completed, int failed, int skipped, int interrupted, int missing) {}
