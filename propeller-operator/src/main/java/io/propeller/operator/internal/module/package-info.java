/**
 * Fetches modules from registries for workers that cannot do so themselves.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.module.Modules}. Where it may fetch
 * from is for {@link io.propeller.operator.internal.module.FetchRules} to say; as whom, for {@link
 * io.propeller.operator.internal.module.AuthFile}.
 */
@NullMarked
package io.propeller.operator.internal.module;

import org.jspecify.annotations.NullMarked;
