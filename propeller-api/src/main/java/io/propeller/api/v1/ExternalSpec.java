package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** What a worker outside the cluster is. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class ExternalSpec extends Extensible {

  /** Kind of device, such as raspberry-pi-4 or esp32; a task may ask for it. */
  @Size(max = 253)
  private @Nullable String deviceType;

  /** What the device can do, such as gpio or sensor; a task may ask for it. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 256)
  private List<@Size(min = 1, max = 253) String> capabilities = new ArrayList<>();
}
