package io.propeller.api.v1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** When an experiment stops before its last round. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class EarlyStopping extends Extensible {

  /** What must improve. */
  @Default("loss")
  private StoppingMetric metric = StoppingMetric.LOSS;

  /** How many rounds in a row may pass without an improvement. */
  @Min(1)
  @Max(1000)
  @Default("3")
  private int patience = 3;

  /** Smallest change that counts as an improvement. */
  @Min(0)
  @Default("0.0")
  private double minDelta;

  /** Value at which the experiment is good enough and stops at once. */
  private @Nullable Double target;
}
