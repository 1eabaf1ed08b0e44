package io.propeller.operator.internal.proplet;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.CaseFormat;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.propeller.api.v1.ConnectionConfig;
import io.propeller.api.v1.KubernetesSpec;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletEnv;
import io.propeller.operator.internal.pod.Amounts;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.pod.Restricted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Deployment of a Proplet that is a pod of this cluster, as a function of the Proplet. */
final class PropletDeployment {

  /** Label on a Deployment and its pods: the uid of their Proplet. */
  static final String PROPLET_LABEL = PropellerApi.GROUP + "/proplet-uid";

  /** How the names of all variables begin that the worker reads its settings from. */
  static final String VARIABLES = "PROPLET_";

  private static final int MAX_NAME = 253;

  private static final ObjectMapper JSON = new ObjectMapper();

  private PropletDeployment() {}

  static String name(Proplet proplet) {
    return proplet.getMetadata().getName() + "-proplet";
  }

  /**
   * Checks that a Proplet can be a Deployment.
   *
   * @throws IllegalArgumentException if it cannot; the message names the field
   */
  static void check(Proplet proplet) {
    if (proplet.getSpec().getK8s() == null) {
      throw new IllegalArgumentException("spec.k8s is missing, which has the image of the pod");
    }
    if (name(proplet).length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "metadata.name has %d characters; a proplet of type k8s may have %d"
              .formatted(proplet.getMetadata().getName().length(), MAX_NAME - "-proplet".length()));
    }
  }

  /** Returns the Deployment. Two pods never run side by side: they would share one identity. */
  static Deployment of(Proplet proplet) {
    KubernetesSpec k8s = requireNonNull(proplet.getSpec().getK8s());
    String uid = proplet.getMetadata().getUid();
    return new DeploymentBuilder()
        .withMetadata(
            Ownership.metadata(proplet, name(proplet)).addToLabels(PROPLET_LABEL, uid).build())
        .withNewSpec()
        .withReplicas(k8s.getReplicas())
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withNewSelector()
        .addToMatchLabels(PROPLET_LABEL, uid)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(Ownership.MANAGED_BY, Ownership.OPERATOR)
        .addToLabels(PROPLET_LABEL, uid)
        .endMetadata()
        .withSpec(
            Restricted.pod(
                new ContainerBuilder()
                    .withName("proplet")
                    .withImage(k8s.getImage())
                    .withEnv(environment(k8s, proplet.getSpec().getConnectionConfig()))
                    .withResources(Amounts.of(proplet.getSpec().getResources()))
                    .build()))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static List<EnvVar> environment(KubernetesSpec k8s, ConnectionConfig connection) {
    List<EnvVar> variables = new ArrayList<>();
    add(variables, "LOG_LEVEL", k8s.getLogLevel().name().toLowerCase(Locale.ROOT));
    add(variables, "MQTT_ADDRESS", connection.getMqttAddress());
    add(variables, "MQTT_TIMEOUT", connection.getMqttTimeout());
    add(variables, "MQTT_QOS", String.valueOf(connection.getMqttQos()));
    add(variables, "DOMAIN_ID", connection.domain());
    add(variables, "TENANT_ID", connection.domain());
    add(variables, "CHANNEL_ID", connection.getChannelId());
    add(variables, "CLIENT_ID", connection.identity());
    add(variables, "ENTITY_ID", connection.identity());
    addKey(variables, "CLIENT_KEY", connection);
    addKey(variables, "API_KEY", connection);
    add(variables, "PLUGIN_DIR", k8s.getPluginDir());
    addSettings(variables, k8s.getEnv());
    return variables;
  }

  private static void addKey(List<EnvVar> variables, String name, ConnectionConfig connection) {
    SecretKeySelector reference = connection.keySecretRef();
    if (reference == null) {
      add(variables, name, connection.key());
    } else {
      variables.add(
          new EnvVarBuilder()
              .withName(VARIABLES + name)
              .withNewValueFrom()
              .withSecretKeyRef(reference)
              .endValueFrom()
              .build());
    }
  }

  /** Adds each setting that is there: {@code metricsPort} is {@code PROPLET_METRICS_PORT}. */
  private static void addSettings(List<EnvVar> variables, @Nullable PropletEnv settings) {
    if (settings == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> setting : JSON.valueToTree(settings).properties()) {
      add(
          variables,
          CaseFormat.LOWER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, setting.getKey()),
          setting.getValue().asText());
    }
  }

  private static void add(List<EnvVar> variables, String name, @Nullable String value) {
    if (value != null) {
      variables.add(new EnvVarBuilder().withName(VARIABLES + name).withValue(value).build());
    }
  }
}
