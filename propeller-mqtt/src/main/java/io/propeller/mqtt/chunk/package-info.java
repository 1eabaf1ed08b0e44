/**
 * Sends modules in pieces, and puts them together.
 *
 * <p>{@link io.propeller.mqtt.chunk.ModuleServer} answers workers that ask for a module; {@link
 * io.propeller.mqtt.chunk.ChunkAssembler} is the worker's side.
 */
@NullMarked
package io.propeller.mqtt.chunk;

import org.jspecify.annotations.NullMarked;
