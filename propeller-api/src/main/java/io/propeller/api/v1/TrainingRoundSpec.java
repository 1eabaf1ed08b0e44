package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** Who trains which model in a round. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
@ValidationRule(
    value = "self.kOfN <= self.participants.size()",
    message = "kOfN must not exceed the number of participants",
    fieldPath = ".kOfN")
public class TrainingRoundSpec extends Extensible {

  /** Name of the round, such as round-1. */
  @Required
  @Size(min = 1, max = 253)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String roundId;

  /** The FederatedJob that the round belongs to. */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private LocalObjectReference federatedJobRef;

  /** Model that the round starts from; if absent, the workers start from their module's own. */
  @Size(max = 2048)
  private @Nullable String modelRef;

  /** Where the module is that trains; if absent, the one that the FederatedJob has inline. */
  @Size(max = 2048)
  private @Nullable String taskWasmImage;

  /** Names of the Proplet resources that train. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Required
  @Size(min = 1, max = 1024)
  private List<@Size(min = 1, max = 253) String> participants = new ArrayList<>();

  /** Any JSON, which reaches the module as it is. */
  private @Nullable JsonNode hyperparams;

  /** How many updates the round needs, from 1 to the number of participants. */
  @JsonProperty("kOfN")
  @Required
  @Min(1)
  @Max(1024)
  private int requiredUpdates;

  /** Longest time in seconds that the round may take; then it fails. */
  @Min(1)
  @Max(2592000)
  @Default("300")
  private int timeoutSeconds = 300;
}
