package io.propeller.operator.internal.proplet;

import com.google.common.hash.Hashing;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletType;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.topic.Channel;
import io.propeller.operator.internal.pod.Ownership;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The Proplet that is made of a device which announced itself: one that nothing is placed on until
 * somebody approves of it, by setting {@code spec.unschedulable} to false.
 */
final class RegisteredProplet {

  /** Label on a Proplet that was made for a device. */
  static final String LABEL = PropellerApi.GROUP + "/registered";

  /** Leaves room for what is appended to it in names of other resources. */
  private static final int MAX_NAME = 50;

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private RegisteredProplet() {}

  /**
   * Returns the Proplet.
   *
   * @param brokerAddress where the operator itself finds the broker; the device knows its own way
   */
  static Proplet of(PropletId identity, Channel channel, String namespace, String brokerAddress) {
    String name = name(identity);
    return new PropletBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .addToLabels(Ownership.MANAGED_BY, Ownership.OPERATOR)
        .addToLabels(LABEL, "true")
        .endMetadata()
        .withNewSpec()
        .withType(PropletType.EXTERNAL)
        .withUnschedulable(true)
        .withNewConnectionConfig()
        .withMqttAddress(brokerAddress)
        .withDomainId(channel.domain().value())
        .withChannelId(channel.id().value())
        .withClientId(identity.value())
        // The device has its key, and nobody else needs it; the field must be there.
        .withClientKeySecretRef(new SecretKeySelector("client-key", name + "-key", true))
        .endConnectionConfig()
        .endSpec()
        .build();
  }

  /** Returns the identity where it can be a name, else something like it that is no one else's. */
  static String name(PropletId identity) {
    String id = identity.value();
    if (id.length() <= MAX_NAME && NAME.matcher(id).matches()) {
      return id;
    }
    String like =
        id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String digest =
        Hashing.sha256().hashString(id, StandardCharsets.UTF_8).toString().substring(0, 12);
    String start = like.substring(0, Math.min(like.length(), MAX_NAME - 13));
    return (start.isEmpty() ? "device" : start.replaceAll("-+$", "")) + "-" + digest;
  }
}
