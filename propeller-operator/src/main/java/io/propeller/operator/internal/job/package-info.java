/**
 * Runs attempts of Tasks as Kubernetes Jobs, on Proplets that are pods of the cluster.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.job.Jobs}. What a Job is to be, and
 * what came of it, are pure functions beside it.
 */
@NullMarked
package io.propeller.operator.internal.job;

import org.jspecify.annotations.NullMarked;
