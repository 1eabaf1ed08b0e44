/** Measures Propeller against baselines. */
@NullMarked
package io.propeller.benchmarks;

import org.jspecify.annotations.NullMarked;
