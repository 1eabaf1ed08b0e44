/** When work that failed is tried again: {@link io.propeller.scheduler.retry.RetryPolicy}. */
@NullMarked
package io.propeller.scheduler.retry;

import org.jspecify.annotations.NullMarked;
