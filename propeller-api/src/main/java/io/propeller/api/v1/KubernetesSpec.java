package io.propeller.api.v1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** The pods of a worker that runs in this cluster. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class KubernetesSpec extends Extensible {

  /** Image of the pod. */
  @Required
  @Size(min = 1, max = 1024)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String image;

  /** How much the worker logs. */
  @Default("info")
  private LogLevel logLevel = LogLevel.INFO;

  /** Number of pods. */
  @Min(0)
  @Max(100)
  @Default("1")
  private int replicas = 1;

  /** Folder in the pod from which the worker loads its plug-ins; without one it loads none. */
  @Size(max = 4096)
  private @Nullable String pluginDir;

  /** Further settings of the worker. */
  private @Nullable PropletEnv env;
}
