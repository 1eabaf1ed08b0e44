/**
 * Runs PropellerJobs: makes the Task of each of their entries when its turn has come, and records
 * how far all of them are.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.batch.PropellerJobReconciler}: it
 * reads the job and its Tasks, has {@link io.propeller.scheduler.batch.BatchLifecycle} decide, and
 * acts.
 */
@NullMarked
package io.propeller.operator.internal.batch;

import org.jspecify.annotations.NullMarked;
