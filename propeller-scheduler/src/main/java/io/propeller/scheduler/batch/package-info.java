/**
 * Decides which tasks of a batch are to be made, held back and released, and when the batch is over
 * and how: {@link io.propeller.scheduler.batch.BatchLifecycle}, of a {@link
 * io.propeller.scheduler.batch.Batch} and of what is known of its tasks.
 */
@NullMarked
package io.propeller.scheduler.batch;

import org.jspecify.annotations.NullMarked;
