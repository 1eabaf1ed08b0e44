/**
 * The values that the scheduler is told and answers with: {@link
 * io.propeller.scheduler.model.Worker} and {@link io.propeller.scheduler.model.TaskRequest} go in,
 * a {@link io.propeller.scheduler.model.Placement} comes out.
 *
 * <p>All of them are immutable, compare by value and may be shared between threads. None accepts
 * null.
 */
@NullMarked
package io.propeller.scheduler.model;

import org.jspecify.annotations.NullMarked;
