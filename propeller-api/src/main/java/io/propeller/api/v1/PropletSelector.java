package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** Which workers qualify: those that meet everything that is given. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class PropletSelector extends Extensible {

  /** Name of the one Proplet resource. */
  @Size(max = 253)
  private @Nullable String propletId;

  /** Labels that the Proplet must have, all of them. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 64)
  private Map<String, String> matchLabels = new LinkedHashMap<>();

  /** Statements about labels of the Proplet, all of which must be true. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 64)
  @ValidationRule(
      value =
          "self.all(e, e.operator.endsWith('In')" + " == (has(e.values) && e.values.size() > 0))",
      message = "operators In and NotIn need values; Exists and DoesNotExist take none")
  private List<LabelSelectorRequirement> matchExpressions = new ArrayList<>();

  /** Kinds of device, one of which it must be. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 256)
  private List<@Size(min = 1, max = 253) String> matchDeviceTypes = new ArrayList<>();

  /** Capabilities that it must have, all of them. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 256)
  private List<@Size(min = 1, max = 253) String> matchCapabilities = new ArrayList<>();

  /** Profiles that it must have, each with a condition that is true now. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 32)
  private List<ProfileRequirement> profiles = new ArrayList<>();
}
