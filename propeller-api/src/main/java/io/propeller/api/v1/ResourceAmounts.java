package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import io.sundr.builder.annotations.Buildable;
import java.util.LinkedHashMap;
import java.util.Map;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** Amounts of computing resources. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class ResourceAmounts extends Extensible {

  /** Processor time, such as 500m for half a core. */
  private @Nullable Quantity cpu;

  /** Memory, such as 256Mi. */
  private @Nullable Quantity memory;

  /** Any other resource, by name. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 64)
  private Map<String, Quantity> custom = new LinkedHashMap<>();
}
