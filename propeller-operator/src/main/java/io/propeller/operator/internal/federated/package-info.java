/**
 * Takes FederatedJobs from round to round, and TrainingRounds from their Tasks to a model.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.federated.FederatedLearning}: it has
 * the two reconcilers, and hands the updates that come in, on whatever way, to the {@link
 * io.propeller.fl.RoundCoordinator} of their round.
 */
@NullMarked
package io.propeller.operator.internal.federated;

import org.jspecify.annotations.NullMarked;
