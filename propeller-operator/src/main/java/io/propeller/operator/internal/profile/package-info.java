/**
 * Watches which conditions of Proplets' profiles are true.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.profile.ProfileWatch}.
 */
@NullMarked
package io.propeller.operator.internal.profile;

import org.jspecify.annotations.NullMarked;
