/**
 * Which tasks of a workflow may start, given what became of those that they depend on: {@link
 * io.propeller.scheduler.workflow.WorkflowGraph}.
 */
@NullMarked
package io.propeller.scheduler.workflow;

import org.jspecify.annotations.NullMarked;
