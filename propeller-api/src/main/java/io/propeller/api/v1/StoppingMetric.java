package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What early stopping looks at, averaged over the updates of a round. */
public enum StoppingMetric {
  /** The loss; lower is better. */
  @JsonProperty("loss")
  LOSS,

  /** The accuracy; higher is better. */
  @JsonProperty("accuracy")
  ACCURACY
}
