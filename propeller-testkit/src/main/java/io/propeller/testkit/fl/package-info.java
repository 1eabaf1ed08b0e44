/**
 * Contracts for those who implement an SPI of federated learning.
 *
 * <p>Extend {@link io.propeller.testkit.fl.AggregationAlgorithmContract} or {@link
 * io.propeller.testkit.fl.ModelStoreContract} by a test class that makes the implementation. They
 * need JUnit 5.
 */
@NullMarked
package io.propeller.testkit.fl;

import org.jspecify.annotations.NullMarked;
