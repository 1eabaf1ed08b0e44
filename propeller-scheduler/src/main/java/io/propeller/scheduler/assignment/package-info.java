/**
 * Many jobs shared out evenly among a pool that grows and shrinks: {@link
 * io.propeller.scheduler.assignment.Assignment}.
 */
@NullMarked
package io.propeller.scheduler.assignment;

import org.jspecify.annotations.NullMarked;
