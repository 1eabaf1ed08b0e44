package io.propeller.api.v1;

import io.fabric8.generator.annotation.Min;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;

/** The pods of a worker of type k8s. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class KubernetesStatus extends Extensible {

  /** How many are ready. */
  @Min(0)
  private int readyReplicas;

  /** How many are available. */
  @Min(0)
  private int availableReplicas;
}
