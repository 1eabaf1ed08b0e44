/**
 * The resources of {@code propeller.propeller.abstractmachines.fr/v1}: {@link
 * io.propeller.api.v1.Proplet}, {@link io.propeller.api.v1.Task}, {@link
 * io.propeller.api.v1.PropellerJob}, {@link io.propeller.api.v1.FederatedJob} and {@link
 * io.propeller.api.v1.TrainingRound}, each with a builder of its name. {@link
 * io.propeller.api.v1.Crds} has their definitions for an API server.
 *
 * <p>Getters and setters are the fields of the JSON; what a method without {@code get} returns is
 * derived from them.
 */
@NullMarked
package io.propeller.api.v1;

import org.jspecify.annotations.NullMarked;
