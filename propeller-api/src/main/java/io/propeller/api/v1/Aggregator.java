package io.propeller.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** How updates become a model. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class Aggregator extends Extensible {

  /** Name of the algorithm, such as fedavg or concat. */
  @Size(min = 1, max = 63)
  @Default("fedavg")
  private String algorithm = "fedavg";

  /** Settings of the algorithm, any JSON. */
  private @Nullable JsonNode config;
}
