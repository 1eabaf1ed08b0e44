/**
 * Takes Tasks from their manifest to their outcome.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.task.TaskReconciler}: it reads the
 * Task and all that is known of it, has {@link io.propeller.scheduler.lifecycle.TaskLifecycle}
 * decide, and acts.
 */
@NullMarked
package io.propeller.operator.internal.task;

import org.jspecify.annotations.NullMarked;
