package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;

/** Conditions under which a worker may be used. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class Profile extends Extensible {

  /** Name under which tasks ask for the profile. */
  @Required
  @Size(min = 1, max = 63)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String name;

  /** The conditions; one that a task asks for must be true. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Required
  @Size(min = 1, max = 32)
  private List<ProfileCondition> conditions = new ArrayList<>();
}
