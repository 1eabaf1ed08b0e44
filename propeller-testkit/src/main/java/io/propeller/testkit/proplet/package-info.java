/**
 * Workers to test with.
 *
 * <p>{@link io.propeller.testkit.proplet.WasmProplet} is a worker on MQTT that runs modules; {@link
 * io.propeller.testkit.proplet.SimulatedProplets} are many that run nothing, for load.
 */
@NullMarked
package io.propeller.testkit.proplet;

import org.jspecify.annotations.NullMarked;
