/**
 * Knows whether the operator can do its part, and says so where somebody looks.
 *
 * <p>The entry points are {@link io.propeller.operator.internal.health.HealthCheck}, of which
 * {@link io.propeller.operator.internal.health.BrokerHealth} and {@link
 * io.propeller.operator.internal.health.Access} make one each, and {@link
 * io.propeller.operator.internal.health.Complaints}.
 */
@NullMarked
package io.propeller.operator.internal.health;

import org.jspecify.annotations.NullMarked;
