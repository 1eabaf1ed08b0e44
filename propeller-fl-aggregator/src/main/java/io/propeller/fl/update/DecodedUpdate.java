package io.propeller.fl.update;

import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Values;
import java.util.OptionalLong;

/**
 * The numbers of an update, and what its module says of them.
 *
 * @param format how they were written; never {@link UpdateFormat#SNIFF}
 * @param shape what they mean
 * @param values the flat vector in the order of the shape
 * @param numSamples how many samples it was trained on, if it is known
 * @param metrics what the worker measured
 */
public record DecodedUpdate(
    UpdateFormat format,
    ModelShape shape,
    Values values,
    OptionalLong numSamples,
    TrainingMetrics metrics) {}
