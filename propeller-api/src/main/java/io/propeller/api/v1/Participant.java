package io.propeller.api.v1;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;

/** A worker that trains. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class Participant extends Extensible {

  /** Name of the Proplet resource. */
  @Required
  @Size(min = 1, max = 253)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String propletId;
}
