/** Tests programs that use Propeller. */
@NullMarked
package io.propeller.testkit;

import org.jspecify.annotations.NullMarked;
