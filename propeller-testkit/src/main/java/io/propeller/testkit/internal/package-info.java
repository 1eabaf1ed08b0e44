/** What the testkit's servers share: {@link ServerProcess}, {@link Ports}, {@link Await}. */
@NullMarked
package io.propeller.testkit.internal;

import org.jspecify.annotations.NullMarked;
