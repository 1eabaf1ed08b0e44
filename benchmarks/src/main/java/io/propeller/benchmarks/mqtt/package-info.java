/** Measures the codec and the client of {@code propeller-mqtt}. */
@NullMarked
package io.propeller.benchmarks.mqtt;

import org.jspecify.annotations.NullMarked;
