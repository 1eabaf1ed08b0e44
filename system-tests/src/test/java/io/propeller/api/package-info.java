/** The resources on a real API server, as their users meet them. */
@NullMarked
package io.propeller.api;

import org.jspecify.annotations.NullMarked;
