/** Speaks the protocol of the proplets. */
@NullMarked
package io.propeller.mqtt;

import org.jspecify.annotations.NullMarked;
