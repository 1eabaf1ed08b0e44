/**
 * Models as flat vectors with named parts, and their forms in JSON and in files.
 *
 * <p>{@link io.propeller.fl.model.Model} is the entry point. {@link io.propeller.fl.model.Values}
 * is a vector that need not be in memory.
 */
@NullMarked
package io.propeller.fl.model;

import org.jspecify.annotations.NullMarked;
