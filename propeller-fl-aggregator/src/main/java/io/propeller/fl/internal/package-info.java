/** What the packages of this module share and nobody else uses. */
@NullMarked
package io.propeller.fl.internal;

import org.jspecify.annotations.NullMarked;
