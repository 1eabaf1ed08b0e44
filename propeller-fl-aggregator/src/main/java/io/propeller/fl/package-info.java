/**
 * Federated learning on the server side: what a round accepts, when it is over, and what it
 * computes.
 *
 * <p>{@link io.propeller.fl.RoundCoordinator} is the entry point: it takes the messages of one
 * round, keeps what it counts in a {@link io.propeller.fl.store.ModelStore}, and publishes the
 * aggregate there. The parts below it can be used alone: {@link io.propeller.fl.update} reads what
 * workers send, {@link io.propeller.fl.round} decides, {@link io.propeller.fl.aggregate} computes,
 * {@link io.propeller.fl.store} keeps.
 */
@NullMarked
package io.propeller.fl;

import org.jspecify.annotations.NullMarked;
