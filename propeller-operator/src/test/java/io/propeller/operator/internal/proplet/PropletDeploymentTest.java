package io.propeller.operator.internal.proplet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.propeller.api.v1.LogLevel;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletEnv;
import io.propeller.api.v1.PropletEnvBuilder;
import io.propeller.api.v1.PropletType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropletDeploymentTest {

  @Test
  void the_worker_finds_each_setting_under_all_names_that_workers_know() {
    Proplet proplet =
        pod()
            .editSpec()
            .editK8s()
            .withLogLevel(LogLevel.DEBUG)
            .withPluginDir("/plugins")
            .endK8s()
            .endSpec()
            .build();

    assertThat(environment(proplet))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("PROPLET_LOG_LEVEL", "debug"),
                Map.entry("PROPLET_MQTT_ADDRESS", "tcp://mqtt:1883"),
                Map.entry("PROPLET_MQTT_TIMEOUT", "30s"),
                Map.entry("PROPLET_MQTT_QOS", "2"),
                Map.entry("PROPLET_DOMAIN_ID", "d"),
                Map.entry("PROPLET_TENANT_ID", "d"),
                Map.entry("PROPLET_CHANNEL_ID", "c"),
                Map.entry("PROPLET_CLIENT_ID", "me"),
                Map.entry("PROPLET_ENTITY_ID", "me"),
                Map.entry("PROPLET_CLIENT_KEY", "not-a-real-key"),
                Map.entry("PROPLET_API_KEY", "not-a-real-key"),
                Map.entry("PROPLET_PLUGIN_DIR", "/plugins")));
  }

  @Test
  void the_later_names_in_a_manifest_mean_the_same() {
    Proplet later =
        pod()
            .editSpec()
            .editConnectionConfig()
            .withDomainId(null)
            .withTenantId("d")
            .withClientId(null)
            .withEntityId("me")
            .withClientKey(null)
            .withApiKey("not-a-real-key")
            .endConnectionConfig()
            .endSpec()
            .build();

    assertThat(environment(later)).isEqualTo(environment(pod().build()));
  }

  @Test
  void further_settings_are_passed_on_under_their_names() {
    PropletEnv settings =
        new PropletEnvBuilder()
            .withLivelinessInterval("5s")
            .withMetricsInterval("6s")
            .withMetricsPort(9100)
            .withMetricsEnabled(false)
            .withExternalWasmRuntime("/bin/wasmtime")
            .withHalEnabled(true)
            .withHttpEnabled(true)
            .withUsbEnabled(true)
            .withOtelUrl("http://otel")
            .withTraceRatio("0.5")
            .withTags("a,b")
            .withLocation("lab")
            .withDescription("a worker")
            .withKbsUri("http://kbs")
            .withAaConfigPath("/aa")
            .withMqttTlsCaCert("ca")
            .withMqttTlsClientCert("cert")
            .withMqttTlsClientKey("key")
            .withMqttTlsInsecureSkipVerify(true)
            .build();
    Map<String, String> added =
        new HashMap<>(
            environment(pod().editSpec().editK8s().withEnv(settings).endK8s().endSpec().build()));
    added.keySet().removeAll(environment(pod().build()).keySet());

    assertThat(added)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("PROPLET_LIVELINESS_INTERVAL", "5s"),
                Map.entry("PROPLET_METRICS_INTERVAL", "6s"),
                Map.entry("PROPLET_METRICS_PORT", "9100"),
                Map.entry("PROPLET_METRICS_ENABLED", "false"),
                Map.entry("PROPLET_EXTERNAL_WASM_RUNTIME", "/bin/wasmtime"),
                Map.entry("PROPLET_HAL_ENABLED", "true"),
                Map.entry("PROPLET_HTTP_ENABLED", "true"),
                Map.entry("PROPLET_USB_ENABLED", "true"),
                Map.entry("PROPLET_OTEL_URL", "http://otel"),
                Map.entry("PROPLET_TRACE_RATIO", "0.5"),
                Map.entry("PROPLET_TAGS", "a,b"),
                Map.entry("PROPLET_LOCATION", "lab"),
                Map.entry("PROPLET_DESCRIPTION", "a worker"),
                Map.entry("PROPLET_KBS_URI", "http://kbs"),
                Map.entry("PROPLET_AA_CONFIG_PATH", "/aa"),
                Map.entry("PROPLET_MQTT_TLS_CA_CERT", "ca"),
                Map.entry("PROPLET_MQTT_TLS_CLIENT_CERT", "cert"),
                Map.entry("PROPLET_MQTT_TLS_CLIENT_KEY", "key"),
                Map.entry("PROPLET_MQTT_TLS_INSECURE_SKIP_VERIFY", "true")));
  }

  @Test
  void what_the_worker_has_is_what_its_pod_asks_for() {
    Proplet proplet =
        pod()
            .editSpec()
            .withResources(
                Map.of(
                    "cpu", new Quantity("50m"),
                    "example.com/gpu", new Quantity("1"),
                    "slots", new Quantity("4")))
            .endSpec()
            .build();

    ResourceRequirements resources =
        PropletDeployment.of(proplet)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0)
            .getResources();
    assertThat(resources.getRequests())
        .containsOnlyKeys("cpu", "example.com/gpu")
        .isEqualTo(resources.getLimits());
  }

  @Test
  void a_proplet_without_pods_to_make_is_refused_by_the_name_of_the_field() {
    Proplet proplet = pod().editSpec().withK8s(null).endSpec().build();

    assertThatThrownBy(() -> PropletDeployment.check(proplet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spec.k8s");
  }

  private static Map<String, String> environment(Proplet proplet) {
    List<EnvVar> variables =
        PropletDeployment.of(proplet)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0)
            .getEnv();
    Map<String, String> environment = new HashMap<>();
    variables.forEach(variable -> environment.put(variable.getName(), variable.getValue()));
    return environment;
  }

  static PropletBuilder pod() {
    return new PropletBuilder()
        .withNewMetadata()
        .withName("pod-1")
        .withNamespace("lab")
        .withUid("c0f3fdd7-7e4d-4a9d-9d0a-000000000001")
        .endMetadata()
        .withNewSpec()
        .withType(PropletType.K8S)
        .withNewK8s()
        .withImage("registry.example.com/proplet:1")
        .endK8s()
        .withNewConnectionConfig()
        .withMqttAddress("tcp://mqtt:1883")
        .withDomainId("d")
        .withChannelId("c")
        .withClientId("me")
        .withClientKey("not-a-real-key")
        .withMqttQos(2)
        .endConnectionConfig()
        .endSpec();
  }
}
