package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;

/** A profile that a worker must have, with the conditions of which one must be true. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class ProfileRequirement extends Extensible {

  /** Name of the profile. */
  @Required
  @Size(min = 1, max = 63)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String name;

  /** Names of its conditions; one must be true. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Required
  @Size(min = 1, max = 32)
  private List<@Size(min = 1, max = 63) String> conditions = new ArrayList<>();
}
