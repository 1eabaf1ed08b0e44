package io.propeller.scheduler.placement;

import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.WorkerId;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Waiting units that the same workers fit, in the order in which they are to be placed. */
final class Group {

  private final Requirements required;
  private final TreeSet<Unit> units = new TreeSet<>();

  Group(Requirements required) {
    this.required = required;
  }

  Requirements required() {
    return required;
  }

  Optional<WorkerId> named() {
    return required.selector().worker();
  }

  SortedSet<Unit> units() {
    return units;
  }
}
