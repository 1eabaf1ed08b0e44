package io.propeller.api.v1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import lombok.ToString;
import org.jspecify.annotations.Nullable;

/**
 * How a worker is reached over MQTT, and who it is there. The domain, the identity and the key have
 * two names each, of which either will do, but not both.
 */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
@Rules({
  @ValidationRule(
      value = "has(self.domainId) != has(self.tenantId)",
      message = "exactly one of domainId and tenantId, its other name, must be set",
      fieldPath = ".domainId"),
  @ValidationRule(
      value = "has(self.clientId) != has(self.entityId)",
      message = "exactly one of clientId and entityId, its other name, must be set",
      fieldPath = ".clientId"),
  @ValidationRule(
      value =
          "[has(self.clientKey) && self.clientKey != '', has(self.apiKey) && self.apiKey != '',"
              + " has(self.clientKeySecretRef), has(self.apiKeySecretRef)].filter(k, k).size() =="
              + " 1",
      message =
          "exactly one of clientKey and clientKeySecretRef, or of their other names apiKey and"
              + " apiKeySecretRef, must be set",
      fieldPath = ".clientKey")
})
public class ConnectionConfig extends Extensible {

  /** Address of the broker, such as tcp://broker:1883, mqtts://broker:8883 or broker:1883. */
  @Required
  @Size(min = 1, max = 1024)
  @ValidationRule(
      value = "self.matches('^((tcp|mqtt|ssl|mqtts)://)?[^/@ ]+/?$')",
      message =
          "the address of a broker is host:port, or starts with tcp://, mqtt://, ssl:// or"
              + " mqtts://")
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String mqttAddress;

  /** Domain in whose topics the worker speaks. */
  @Size(min = 1, max = 256)
  private @Nullable String domainId;

  /** Another name of domainId. */
  @Size(min = 1, max = 256)
  private @Nullable String tenantId;

  /** Channel in whose topics the worker speaks. */
  @Required
  @Size(min = 1, max = 256)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String channelId;

  /** Identity of the worker on the wire, which need not be the name of the resource. */
  @Size(min = 1, max = 256)
  private @Nullable String clientId;

  /** Another name of clientId. */
  @Size(min = 1, max = 256)
  private @Nullable String entityId;

  /** Key with which the worker connects; better kept in a Secret. */
  @Size(max = 4096)
  @ToString.Exclude
  private @Nullable String clientKey;

  /** Secret, and the key in it, that holds the key with which the worker connects. */
  private @Nullable SecretKeySelector clientKeySecretRef;

  /** Another name of clientKey. */
  @Size(max = 4096)
  @ToString.Exclude
  private @Nullable String apiKey;

  /** Another name of clientKeySecretRef. */
  private @Nullable SecretKeySelector apiKeySecretRef;

  /** Quality of service of what the worker publishes: 0, 1 or 2. */
  @Min(0)
  @Max(2)
  @Default("0")
  private int mqttQos;

  /** How long the worker waits for the broker, such as 30s. */
  @Default("30s")
  private String mqttTimeout = "30s";

  /** Returns the domain under whichever name it was given, or null in an incomplete resource. */
  public @Nullable String domain() {
    return domainId != null ? domainId : tenantId;
  }

  /**
   * Returns the identity on the wire under whichever name it was given, or null in an incomplete
   * resource.
   */
  public @Nullable String identity() {
    return clientId != null ? clientId : entityId;
  }

  /** Returns the key under whichever name it was given, or null where a Secret holds it. */
  public @Nullable String key() {
    String key = clientKey != null && !clientKey.isEmpty() ? clientKey : apiKey;
    return key == null || key.isEmpty() ? null : key;
  }

  /**
   * Returns the reference to the key under whichever name it was given, or null where there is
   * none.
   */
  public @Nullable SecretKeySelector keySecretRef() {
    return clientKeySecretRef != null ? clientKeySecretRef : apiKeySecretRef;
  }
}
