package io.propeller.api.v1;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import lombok.ToString;
import org.jspecify.annotations.Nullable;

/** Further settings of a worker in this cluster, each an environment variable of its pod. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class PropletEnv extends Extensible {

  /** Time between two heartbeats, such as 10s (PROPLET_LIVELINESS_INTERVAL). */
  private @Nullable String livelinessInterval;

  /** Time between two reports of metrics, such as 10s (PROPLET_METRICS_INTERVAL). */
  private @Nullable String metricsInterval;

  /** Port of the worker's own metrics (PROPLET_METRICS_PORT). */
  @Min(1)
  @Max(65535)
  private @Nullable Integer metricsPort;

  /** Whether the worker reports metrics (PROPLET_METRICS_ENABLED). */
  private @Nullable Boolean metricsEnabled;

  /**
   * Path of a WebAssembly runtime to use in place of the built-in one
   * (PROPLET_EXTERNAL_WASM_RUNTIME).
   */
  @Size(max = 4096)
  private @Nullable String externalWasmRuntime;

  /** Whether tasks reach the hardware abstraction layer (PROPLET_HAL_ENABLED). */
  private @Nullable Boolean halEnabled;

  /** Whether tasks reach HTTP servers (PROPLET_HTTP_ENABLED). */
  private @Nullable Boolean httpEnabled;

  /** Whether tasks reach USB devices (PROPLET_USB_ENABLED). */
  private @Nullable Boolean usbEnabled;

  /** Where the worker sends its traces (PROPLET_OTEL_URL). */
  @Size(max = 2048)
  private @Nullable String otelUrl;

  /** Share of traces that are kept, from 0 to 1, as text (PROPLET_TRACE_RATIO). */
  @Size(max = 32)
  private @Nullable String traceRatio;

  /** Tags that the worker announces, separated by commas (PROPLET_TAGS). */
  @Size(max = 4096)
  private @Nullable String tags;

  /** Location that the worker announces (PROPLET_LOCATION). */
  @Size(max = 1024)
  private @Nullable String location;

  /** Description that the worker announces (PROPLET_DESCRIPTION). */
  @Size(max = 4096)
  private @Nullable String description;

  /** Key broker service for encrypted modules (PROPLET_KBS_URI). */
  @Size(max = 2048)
  private @Nullable String kbsUri;

  /** Path of the attestation agent's configuration (PROPLET_AA_CONFIG_PATH). */
  @Size(max = 4096)
  private @Nullable String aaConfigPath;

  /** Certificate authority of the broker (PROPLET_MQTT_TLS_CA_CERT). */
  @Size(max = 65536)
  private @Nullable String mqttTlsCaCert;

  /** Certificate that the worker shows to the broker (PROPLET_MQTT_TLS_CLIENT_CERT). */
  @Size(max = 65536)
  private @Nullable String mqttTlsClientCert;

  /** Key of that certificate (PROPLET_MQTT_TLS_CLIENT_KEY). */
  @Size(max = 65536)
  @ToString.Exclude
  private @Nullable String mqttTlsClientKey;

  /** Whether the worker trusts any broker certificate (PROPLET_MQTT_TLS_INSECURE_SKIP_VERIFY). */
  private @Nullable Boolean mqttTlsInsecureSkipVerify;
}
