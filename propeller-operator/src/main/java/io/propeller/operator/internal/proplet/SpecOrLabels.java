package io.propeller.operator.internal.proplet;

import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.propeller.api.v1.Proplet;
import java.util.Objects;

/** Lets through what may change who fits the proplet: its spec, its labels, and its deletion. */
final class SpecOrLabels implements OnUpdateFilter<Proplet> {

  @Override
  public boolean accept(Proplet after, Proplet before) {
    return !Objects.equals(
            after.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(after.getMetadata().getLabels(), before.getMetadata().getLabels())
        || after.isMarkedForDeletion();
  }
}
