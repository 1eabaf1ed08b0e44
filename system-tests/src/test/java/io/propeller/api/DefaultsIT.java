package io.propeller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.RetryPolicy;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskSpec;
import io.propeller.api.v1.TrainingRound;
import io.propeller.testkit.kube.WithKubeControlPlane;
import org.junit.jupiter.api.Test;

@WithKubeControlPlane(
    install = {
      Proplet.class,
      Task.class,
      PropellerJob.class,
      FederatedJob.class,
      TrainingRound.class
    })
class DefaultsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aTaskHasTheDefaultsOfTheServerAndOfJavaAlike(KubernetesClient client)
      throws JsonProcessingException {
    JsonNode read = created(client, Task.class, "{}");

    assertThat(read.toString())
        .isEqualTo(
            sorted(
                """
                {"broadcast":false,"concurrencyPolicy":"Forbid","daemon":false,
                 "disconnectGraceSeconds":60,"disconnectPolicy":"Reschedule","encrypted":false,
                 "executor":"auto","isRecurring":false,"kind":"standard","latent":false,
                 "preferredPropletType":"any","priority":50,"runIf":"success","suspend":false,
                 "timezone":"UTC"}
                """));
    assertThat(JSON.treeToValue(read, TaskSpec.class)).isEqualTo(new TaskSpec());
  }

  @Test
  void aRetryPolicyHasDefaults(KubernetesClient client) throws JsonProcessingException {
    JsonNode read = created(client, Task.class, "retryPolicy: {}").get("retryPolicy");

    assertThat(read.toString())
        .isEqualTo(
            sorted(
                """
                {"backoff":"exponential","interval":"10s","limit":3,"maxInterval":"5m"}
                """));
    assertThat(JSON.treeToValue(read, RetryPolicy.class)).isEqualTo(new RetryPolicy());
  }

  @Test
  void aPropletHasDefaults(KubernetesClient client) {
    JsonNode read = created(client, Proplet.class, "{type: k8s, k8s: {image: worker}}");

    assertThat(read.at("/unschedulable").asBoolean(true)).isFalse();
    assertThat(read.at("/k8s/logLevel").asText()).isEqualTo("info");
    assertThat(read.at("/k8s/replicas").asInt()).isEqualTo(1);
    assertThat(read.at("/connectionConfig/mqttQos").asInt(-1)).isZero();
    assertThat(read.at("/connectionConfig/mqttTimeout").asText()).isEqualTo("30s");
  }

  @Test
  void jobsAndRoundsHaveDefaults(KubernetesClient client) {
    JsonNode job = created(client, PropellerJob.class, "{}");
    JsonNode federated = created(client, FederatedJob.class, "earlyStopping: {}");
    JsonNode round = created(client, TrainingRound.class, "{}");

    assertThat(job.toString()).isEqualTo("{\"executionMode\":\"configurable\",\"suspend\":false}");
    assertThat(federated.at("/aggregator/algorithm").asText()).isEqualTo("fedavg");
    assertThat(federated.at("/timeoutSeconds").asInt()).isEqualTo(300);
    assertThat(federated.at("/earlyStopping").toString())
        .isEqualTo("{\"metric\":\"loss\",\"minDelta\":0,\"patience\":3}");
    assertThat(round.at("/timeoutSeconds").asInt()).isEqualTo(300);
  }

  private static JsonNode created(
      KubernetesClient client, Class<? extends HasMetadata> kind, String changes) {
    RawApi api = new RawApi(client);
    api.create(kind, Minimal.with(kind, changes));
    return api.read(kind, "x").get("spec");
  }

  private static String sorted(String json) throws JsonProcessingException {
    return JSON.readTree(json).toString();
  }
}
