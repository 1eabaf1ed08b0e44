/**
 * Tests programs that use Propeller: {@link io.propeller.testkit.kube} has API servers, {@link
 * io.propeller.testkit.mqtt} brokers, {@link io.propeller.testkit.proplet} workers, {@link
 * io.propeller.testkit.wasm} a sandbox for modules.
 */
@NullMarked
package io.propeller.testkit;

import org.jspecify.annotations.NullMarked;
