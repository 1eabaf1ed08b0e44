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
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;
import lombok.ToString;
import org.jspecify.annotations.Nullable;

/** Who trains which model, for how many rounds, and how the updates become a model. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
@Rules({
  @ValidationRule(
      value =
          "(has(self.taskWasmImage) && self.taskWasmImage != '')"
              + " != (has(self.taskFile) && self.taskFile.size() > 0)",
      message = "exactly one of taskWasmImage and taskFile, the module that trains, must be set",
      fieldPath = ".taskWasmImage"),
  @ValidationRule(
      value =
          "(has(self.participants) && self.participants.size() > 0) !="
              + " has(self.participantSelector)",
      message = "exactly one of participants and participantSelector must be set",
      fieldPath = ".participants"),
  @ValidationRule(
      value = "has(self.participantSelector) == has(self.participantCount)",
      message = "participantSelector and participantCount belong together",
      fieldPath = ".participantCount"),
  @ValidationRule(
      value =
          "!has(self.participants) || self.participants.size() == 0"
              + " || self.kOfN <= self.participants.size()",
      message = "kOfN must not exceed the number of participants",
      fieldPath = ".kOfN"),
  @ValidationRule(
      value = "!has(self.participantCount) || self.kOfN <= self.participantCount",
      message = "kOfN must not exceed participantCount",
      fieldPath = ".kOfN")
})
public class FederatedJobSpec extends Extensible {

  /** Name of the experiment; the resource's name if absent. */
  @Size(max = 253)
  private @Nullable String experimentId;

  /**
   * Model that the first round starts from; if absent, the workers start from their module's own.
   */
  @Size(max = 2048)
  private @Nullable String modelRef;

  /** Where the module is that trains. */
  @Size(max = 2048)
  private @Nullable String taskWasmImage;

  /**
   * The module that trains, in base64, of 768 KiB at most before encoding. A larger one is named in
   * taskWasmImage.
   */
  @ToString.Exclude
  @ValidationRule(
      value = "self.size() <= 1048576",
      message =
          "the module is larger than 768 KiB, the most that can be inline: publish it and name it"
              + " in taskWasmImage")
  private @Nullable String taskFile;

  /** The workers that train, in every round the same. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 1024)
  private List<Participant> participants = new ArrayList<>();

  /** Which workers may train: in each round, participantCount of those that match then. */
  private @Nullable PropletSelector participantSelector;

  /** How many workers train in a round, where participantSelector chooses them. */
  @Min(1)
  @Max(1024)
  private @Nullable Integer participantCount;

  /** Any JSON, which reaches the module as it is. */
  private @Nullable JsonNode hyperparams;

  /** How many updates a round needs, from 1 to the number of participants. */
  @JsonProperty("kOfN")
  @Required
  @Min(1)
  @Max(1024)
  private int requiredUpdates;

  /** Longest time in seconds that a round may take; then it fails. */
  @Min(1)
  @Max(2592000)
  @Default("300")
  private int timeoutSeconds = 300;

  /** How many rounds there are. */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private Rounds rounds;

  /** How updates become a model. */
  @Default("{\"algorithm\": \"fedavg\"}")
  private Aggregator aggregator = new Aggregator();

  /** When to stop before the last round; never if absent. */
  private @Nullable EarlyStopping earlyStopping;

  /** Where models are kept; in the operator's default store if absent. */
  private @Nullable ModelStoreSelection modelStore;
}
