/**
 * The rules by which updates become a model.
 *
 * <p>{@link io.propeller.fl.aggregate.AggregationAlgorithms} is the entry point: it makes a rule
 * from its name and its parameters. A rule of one's own implements {@link
 * io.propeller.fl.aggregate.AggregationProvider}.
 *
 * <p>Updates are always taken in the order of their participants, and every value of a result is
 * computed by one thread from its column alone or from sums whose order is fixed. So the same set
 * of updates gives the same bits in any order of arrival, on any number of threads, and after a
 * crash.
 */
@NullMarked
package io.propeller.fl.aggregate;

import org.jspecify.annotations.NullMarked;
