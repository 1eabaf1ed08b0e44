package io.propeller.api.v1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;

/** How often and when work that failed is tried again. A worker that was lost does not count. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
@ValidationRule(
    value = "self.interval <= self.maxInterval",
    message = "maxInterval must not be shorter than interval",
    fieldPath = ".maxInterval")
public class RetryPolicy extends Extensible {

  /** How often it is tried again after the first failure. */
  @Min(0)
  @Max(1000)
  @Default("3")
  private int limit = 3;

  /** How the wait before another attempt grows. */
  @Default("exponential")
  private Backoff backoff = Backoff.EXPONENTIAL;

  /** Wait before the first retry, such as 10s. */
  @Default("10s")
  private String interval = "10s";

  /** Longest wait, such as 5m. */
  @Default("5m")
  private String maxInterval = "5m";
}
