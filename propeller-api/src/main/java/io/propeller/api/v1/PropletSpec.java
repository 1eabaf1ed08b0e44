package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** What a worker is, how it is reached, and what may be placed on it. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
@ValidationRule(
    value = "self.type != 'k8s' || has(self.k8s)",
    message = "a proplet of type k8s needs spec.k8s.image, the image of its pods",
    fieldPath = ".k8s")
public class PropletSpec extends Extensible {

  /**
   * Where the worker runs: k8s, in pods that the operator makes, or external, a device that it only
   * hears of.
   */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private PropletType type;

  /** The pods of a worker of type k8s; required for it. */
  private @Nullable KubernetesSpec k8s;

  /** What a worker of type external is. */
  private @Nullable ExternalSpec external;

  /**
   * What the worker has, by resource name; for type k8s also the requests and limits of its pod.
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 64)
  private Map<String, Quantity> resources = new LinkedHashMap<>();

  /** How the worker is reached. */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private ConnectionConfig connectionConfig;

  /** How many tasks the worker may have at a time; unlimited if absent. */
  @Min(0)
  private @Nullable Integer maxConcurrentTasks;

  /** Keeps the worker from new tasks; those that it runs stay. */
  @Default("false")
  private boolean unschedulable;

  /** Marks that keep away the tasks that do not tolerate them. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 64)
  private List<Taint> taints = new ArrayList<>();

  /** Conditions under which the worker may be used, grouped by name. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 32)
  private List<Profile> profiles = new ArrayList<>();
}
