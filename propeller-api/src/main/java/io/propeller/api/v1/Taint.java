package io.propeller.api.v1;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** A mark on a worker that keeps away the tasks that do not tolerate it. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class Taint extends Extensible {

  /** Key of the taint. */
  @Required
  @Size(min = 1, max = 316)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String key;

  /** Value of the taint. */
  @Size(max = 63)
  private @Nullable String value;

  /** What it does to tasks that do not tolerate it. */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private TaintEffect effect;
}
