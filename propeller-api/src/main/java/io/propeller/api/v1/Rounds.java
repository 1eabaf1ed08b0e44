package io.propeller.api.v1;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** How many rounds an experiment has. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class Rounds extends Extensible {

  /** Number of rounds. */
  @Required
  @Min(1)
  @Max(100000)
  private int total;

  /** How rounds follow each other; sequential, one at a time, is the only way so far. */
  @Size(max = 63)
  private @Nullable String strategy;
}
