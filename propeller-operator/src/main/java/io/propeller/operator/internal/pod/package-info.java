/**
 * What all pods that the operator makes have in common.
 *
 * <p>The entry points are {@link io.propeller.operator.internal.pod.Restricted}, which keeps them
 * within the {@code restricted} Pod Security Standard, and {@link
 * io.propeller.operator.internal.pod.Ownership}.
 */
@NullMarked
package io.propeller.operator.internal.pod;

import org.jspecify.annotations.NullMarked;
