package io.propeller.scheduler.model;

import com.google.common.collect.ImmutableList;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a request asks of a worker, without who asks. Requests of equal requirements fit the
 * same workers, which is what the fleet's index relies on; its hash is computed once.
 */
public final class Requirements {

  private final Selector selector;
  private final Optional<WorkerKind> kind;
  private final Resources resources;
  private final ImmutableList<Toleration> tolerations;
  private final int hash;

  Requirements(
      Selector selector,
      Optional<WorkerKind> kind,
      Resources resources,
      ImmutableList<Toleration> tolerations) {
    this.selector = selector;
    this.kind = kind;
    this.resources = resources;
    this.tolerations = tolerations;
    this.hash = Objects.hash(selector, kind, resources, tolerations);
  }

  /** Which workers will do. */
  public Selector selector() {
    return selector;
  }

  /** The only kind of worker that will do; absent for any. */
  public Optional<WorkerKind> kind() {
    return kind;
  }

  /** What is taken of a worker. */
  public Resources resources() {
    return resources;
  }

  /** The taints that are not minded. */
  public ImmutableList<Toleration> tolerations() {
    return tolerations;
  }

  /** Tells whether the taint is not minded. */
  public boolean tolerates(Taint taint) {
    for (Toleration toleration : tolerations) {
      if (toleration.tolerates(taint)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Requirements that
            && hash == that.hash
            && resources.equals(that.resources)
            && selector.equals(that.selector)
            && kind.equals(that.kind)
            && tolerations.equals(that.tolerations));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "Requirements{selector=%s, kind=%s, resources=%s, tolerations=%s}"
        .formatted(selector, kind, resources, tolerations);
  }
}
