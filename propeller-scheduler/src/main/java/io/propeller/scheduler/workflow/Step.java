package io.propeller.scheduler.workflow;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/**
 * One task of a workflow.
 *
 * @param name its name within the workflow
 * @param dependsOn the names of the steps that have to end before it
 * @param runIf under which outcome of those it runs
 */
public record Step(String name, ImmutableSet<String> dependsOn, RunIf runIf) {

  /** Returns a step that runs if all that it depends on have succeeded. */
  public static Step of(String name, String... dependsOn) {
    return new Step(name, ImmutableSet.copyOf(dependsOn), RunIf.SUCCESS);
  }

  /** Returns a step that runs if any that it depends on has not succeeded. */
  public static Step onFailure(String name, Set<String> dependsOn) {
    return new Step(name, ImmutableSet.copyOf(dependsOn), RunIf.FAILURE);
  }
}
