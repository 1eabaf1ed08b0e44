package io.propeller.scheduler.batch;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.workflow.RunIf;

/**
 * A task that is to be made now. All that it depends on has ended, and it runs under their
 * outcomes.
 *
 * @param step its number
 * @param dependsOn what it depends on of that for which a task was made; the rest never ran
 * @param runIf under which outcome of those it runs: the one that there is
 */
public record Making(int step, ImmutableList<String> dependsOn, RunIf runIf) {}
