package io.propeller.api.v1;

import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** What came of a round. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class RoundSummary extends Extensible {

  /** Number of the round, from 1. */
  @Required
  @Min(1)
  private int round;

  /** How many updates it counted. */
  @Min(0)
  private int updates;

  /** Mean loss over its updates, by number of samples; absent if they report none. */
  private @Nullable Double loss;

  /** Mean accuracy over its updates, by number of samples; absent if they report none. */
  private @Nullable Double accuracy;

  /** How long it took, in seconds. */
  @Min(0)
  private long seconds;
}
