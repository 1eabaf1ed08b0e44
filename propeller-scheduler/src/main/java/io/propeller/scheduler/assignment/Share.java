package io.propeller.scheduler.assignment;

import com.google.common.collect.ImmutableSortedSet;
import io.propeller.scheduler.model.TaskId;

/**
 * What one worker has of an assignment.
 *
 * @param jobs its jobs
 * @param version the version of the assignment in which it came to have just these, from 1
 */
public record Share(ImmutableSortedSet<TaskId> jobs, long version) {}
