/** The resources of {@code propeller.propeller.abstractmachines.fr/v1}. */
@NullMarked
package io.propeller.api.v1;

import org.jspecify.annotations.NullMarked;
