package io.propeller.scheduler.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.internal.ValueStyle;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Says which workers a task may run on. A worker must satisfy every criterion; one that is not
 * given is satisfied.
 */
@Value.Immutable
@ValueStyle
public interface Selector {

  /** Selects every worker. */
  Selector ANY = builder().build();

  /** Returns a builder of a selector that selects every worker unless told otherwise. */
  static Builder builder() {
    return new Builder();
  }

  /** The only worker that will do. */
  Optional<WorkerId> worker();

  /** Labels that must all be on the worker. */
  ImmutableMap<String, String> labels();

  /** Expressions that the worker's labels must all satisfy. */
  ImmutableList<LabelExpression> expressions();

  /** Device types of which the worker's must be one. */
  ImmutableSet<String> deviceTypes();

  /** Capabilities that the worker must all have. */
  ImmutableSet<String> capabilities();

  /** Profiles by name: of each, at least one of the conditions must be true on the worker. */
  ImmutableMap<String, ImmutableSet<String>> profiles();

  /** Builds a selector. */
  final class Builder extends ImmutableSelector.Builder {
    Builder() {}
  }
}
