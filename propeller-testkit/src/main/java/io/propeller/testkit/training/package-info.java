/**
 * Federated learning to test with: a module that learns, and what it ought to learn.
 *
 * <p>{@link io.propeller.testkit.wasm.SampleModule#TRAIN} fits a logistic regression to a worker's
 * shard of a synthetic set; {@link io.propeller.testkit.training.TrainingTask} says what it is
 * told, {@link io.propeller.testkit.training.TrainingData} makes the same shards here, and {@link
 * io.propeller.testkit.training.LinearModel} judges what came of it, beside a fit to all shards at
 * once.
 */
@NullMarked
package io.propeller.testkit.training;

import org.jspecify.annotations.NullMarked;
