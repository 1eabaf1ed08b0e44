/** Places tasks on workers. */
@NullMarked
package io.propeller.scheduler;

import org.jspecify.annotations.NullMarked;
