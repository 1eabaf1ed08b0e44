/** What this module's packages share and nobody else is to use. */
@NullMarked
package io.propeller.scheduler.internal;

import org.jspecify.annotations.NullMarked;
