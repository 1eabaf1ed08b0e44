/**
 * What runs in pods that a cluster is tested with.
 *
 * <p>The entry point is {@link io.propeller.testkit.pod.Main}: a worker, or one call of a module.
 */
@NullMarked
package io.propeller.testkit.pod;

import org.jspecify.annotations.NullMarked;
