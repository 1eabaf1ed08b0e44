/** Computes rounds of federated learning. */
@NullMarked
package io.propeller.fl;

import org.jspecify.annotations.NullMarked;
