package io.propeller.scheduler.model;

/**
 * Says that the task has its worker: what it takes is reserved there until the task is released.
 *
 * @param task the task
 * @param worker where it is to run
 */
public record Placed(TaskId task, WorkerId worker) implements Placement {}
