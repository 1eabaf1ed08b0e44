/**
 * Shows Tasks run on real WebAssembly workers, from their manifests to their results.
 *
 * <p>The entry point is {@link io.propeller.demo.Main}; {@link io.propeller.demo.Stage} holds the
 * broker, the API server, the operator and the workers, {@link io.propeller.demo.Show} what happens
 * on it, and {@link io.propeller.demo.Screen} how that is told.
 */
@NullMarked
package io.propeller.demo;

import org.jspecify.annotations.NullMarked;
