package io.propeller.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

  private static final Map<Class<? extends HasMetadata>, UnaryOperator<HasMetadata>> REBUILD =
      Map.of(
          Proplet.class, p -> new PropletBuilder((Proplet) p).build(),
          Task.class, t -> new TaskBuilder((Task) t).build(),
          PropellerJob.class, j -> new PropellerJobBuilder((PropellerJob) j).build(),
          FederatedJob.class, j -> new FederatedJobBuilder((FederatedJob) j).build(),
          TrainingRound.class, r -> new TrainingRoundBuilder((TrainingRound) r).build());

  @Provide
  Arbitrary<Class<? extends HasMetadata>> kinds() {
    return Arbitraries.of(Crds.kinds());
  }

  @Property(tries = 1000)
  void whatTheSchemaAllowsIsReadAndWrittenWithoutLoss(
      @ForAll("kinds") Class<? extends HasMetadata> kind, @ForAll long seed)
      throws JsonProcessingException {
    ObjectNode manifest = ValidManifests.of(kind, "x", new Random(seed));

    HasMetadata bean = JSON.treeToValue(manifest, kind);

    assertThat(Losses.between(manifest, JSON.valueToTree(bean), ValidManifests.schemaOf(kind)))
        .isEmpty();
  }

  @Property(tries = 500)
  void aBuilderCopiesEverything(
      @ForAll("kinds") Class<? extends HasMetadata> kind, @ForAll long seed)
      throws JsonProcessingException {
    HasMetadata bean = JSON.treeToValue(ValidManifests.of(kind, "x", new Random(seed)), kind);

    HasMetadata copy = REBUILD.get(kind).apply(bean);

    assertThat(copy).isEqualTo(bean).isNotSameAs(bean).hasSameHashCodeAs(bean);
    assertThat(copy).hasToString(bean.toString());
    assertThat(JSON.<JsonNode>valueToTree(copy)).isEqualTo(JSON.valueToTree(bean));
  }

  @Property(tries = 500)
  void theClientsOwnMapperWritesTheSame(
      @ForAll("kinds") Class<? extends HasMetadata> kind, @ForAll long seed)
      throws JsonProcessingException {
    HasMetadata bean = JSON.treeToValue(ValidManifests.of(kind, "x", new Random(seed)), kind);

    assertThat(JSON.readTree(KUBERNETES.asJson(bean)))
        .isEqualTo(JSON.readTree(JSON.writeValueAsString(bean)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "7", "[1,null]", "{}", "{\"a\":null}", "\"\"", "false"})
  void anyJsonValueSurvives(String json) throws JsonProcessingException {
    JsonNode value = JSON.readTree(json);
    ObjectNode manifest = JSON.createObjectNode();
    manifest.putObject("spec").set("metadata", value);
    manifest.putObject("status").set("results", value);

    JsonNode written = JSON.valueToTree(JSON.treeToValue(manifest, Task.class));

    assertThat(written.at("/spec/metadata")).isEqualTo(value);
    assertThat(written.at("/status/results")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spec",
        "/status",
        "/spec/propletSelector",
        "/spec/retryPolicy",
        "/status/latestMetrics"
      })
  void aFieldOfANewerVersionSurvives(String place) throws JsonProcessingException {
    ObjectNode manifest =
        (ObjectNode)
            JSON.readTree(
                "{'spec':{'propletSelector':{},'retryPolicy':{}},'status':{'latestMetrics':{}}}"
                    .replace('\'', '"'));
    JsonNode later = JSON.readTree("{\"a\":[1,null,{\"b\":\"c\"}]}");
    ((ObjectNode) manifest.at(place)).set("later", later);
    ((ObjectNode) manifest.at(place)).put("additionalProperties2", "x");

    Task task = new TaskBuilder(JSON.treeToValue(manifest, Task.class)).build();

    JsonNode written = JSON.valueToTree(task);
    assertThat(written.at(place + "/later")).isEqualTo(later);
    assertThat(written.at(place + "/additionalProperties2").asText()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "-3", "123456789012345678901234567890", "\"text\"", "\"010\""})
  void anInputMayBeAWholeNumberAndIsRead(String input) throws JsonProcessingException {
    Task task = JSON.readValue("{\"spec\":{\"inputs\":[" + input + "]}}", Task.class);

    assertThat(task.getSpec().getInputs()).containsExactly(input.replace("\"", ""));
  }

  @Test
  void theTasksOfAJobAreWrittenWithoutTheirDefaults() throws Exception {
    PropellerJob job =
        new PropellerJobBuilder()
            .withNewSpec()
            .addNewTask()
            .withName("a")
            .withPriority(70)
            .withInputs("10")
            .endTask()
            .endSpec()
            .build();

    assertThat(JSON.<JsonNode>valueToTree(job).at("/spec/tasks"))
        .isEqualTo(JSON.readTree("[{\"inputs\":[\"10\"],\"name\":\"a\",\"priority\":70}]"));
    assertThat(JSON.treeToValue(JSON.<JsonNode>valueToTree(job), PropellerJob.class))
        .isEqualTo(job);
  }
}
