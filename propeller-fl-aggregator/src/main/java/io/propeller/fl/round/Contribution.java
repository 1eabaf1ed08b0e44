package io.propeller.fl.round;

import io.propeller.fl.store.Digest;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.TrainingMetrics;

/**
 * An update that counts.
 *
 * @param participant who sent it
 * @param update where its values are in the store
 * @param weight its number of samples, at least 1
 * @param metrics what the worker measured
 * @param clipped whether its norm was cut down to the limit
 */
public record Contribution(
    ParticipantId participant,
    Digest update,
    long weight,
    TrainingMetrics metrics,
    boolean clipped) {}
