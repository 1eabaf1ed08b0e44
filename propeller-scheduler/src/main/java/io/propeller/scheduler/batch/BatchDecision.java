package io.propeller.scheduler.batch;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * What to do next with a batch.
 *
 * @param standing where it stands
 * @param tally how many tasks are how far
 * @param make the tasks to make, no more of them than there is room for
 * @param hold the numbers of the tasks to hold back, so that they do not start, or start no more
 * @param release the numbers of the tasks to hold back no longer
 * @param until when to decide again at the latest
 */
public record BatchDecision(
    Standing standing,
    Tally tally,
    ImmutableList<Making> make,
    ImmutableList<Integer> hold,
    ImmutableList<Integer> release,
    Optional<Instant> until) {}
