package io.propeller.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** Where models are kept. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class ModelStoreSelection extends Extensible {

  /** Name of the kind of store, such as directory. */
  @Required
  @Size(min = 1, max = 63)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String name;

  /** Settings of the store, any JSON. */
  private @Nullable JsonNode config;
}
