/** Shows a Task run from a manifest to its result. */
@NullMarked
package io.propeller.demo;

import org.jspecify.annotations.NullMarked;
