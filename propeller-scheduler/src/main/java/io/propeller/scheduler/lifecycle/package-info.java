/**
 * Decides what becomes of a task, and of a worker, from what is known of them.
 *
 * <p>The entry points are {@link io.propeller.scheduler.lifecycle.TaskLifecycle}, which says what
 * to do next with a task, and {@link io.propeller.scheduler.lifecycle.Liveness}, which says whether
 * a worker is there. Both are functions of facts: whoever calls them reads, and acts on the answer.
 */
@NullMarked
package io.propeller.scheduler.lifecycle;

import org.jspecify.annotations.NullMarked;
