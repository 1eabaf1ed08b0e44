/** The scheduler in a program of its own: {@link io.propeller.examples.embedded.RenderFarm}. */
@NullMarked
package io.propeller.examples.embedded;

import org.jspecify.annotations.NullMarked;
