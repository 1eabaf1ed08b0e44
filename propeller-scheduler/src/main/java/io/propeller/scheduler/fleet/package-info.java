/**
 * What is known of the workers and of what runs on them: {@link io.propeller.scheduler.fleet.Fleet}
 * is changed by small updates, and answers which workers a task may run on, or why none.
 */
@NullMarked
package io.propeller.scheduler.fleet;

import org.jspecify.annotations.NullMarked;
