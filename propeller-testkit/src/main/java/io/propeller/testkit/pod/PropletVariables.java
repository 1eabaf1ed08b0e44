package io.propeller.testkit.pod;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.Credentials;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.proplet.WasmPropletOptions;
import io.propeller.testkit.wasm.WasmLimits;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a worker is to be from the variables that the Deployment of a Proplet sets. */
final class PropletVariables {

  private static final WasmLimits LIMITS = WasmLimits.DEFAULT.withTime(Duration.ofHours(1));

  private final Map<String, String> environment;

  private PropletVariables(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Returns the options of the worker.
   *
   * @throws IllegalArgumentException if a variable is missing or wrong; the message names it
   */
  static WasmPropletOptions read(Map<String, String> environment) {
    return new PropletVariables(environment).options();
  }

  private WasmPropletOptions options() {
    String domain = required("PROPLET_DOMAIN_ID", "PROPLET_TENANT_ID");
    String channel = required("PROPLET_CHANNEL_ID");
    String id = required("PROPLET_CLIENT_ID", "PROPLET_ENTITY_ID");
    WasmPropletOptions options =
        WasmPropletOptions.of(
                parsed(
                    "PROPLET_MQTT_ADDRESS", required("PROPLET_MQTT_ADDRESS"), BrokerAddress::parse),
                Channel.of(domain, channel),
                id)
            .withLimits(LIMITS)
            .withTags(optional("PROPLET_TAGS").map(tags -> tags.split(",")).orElse(new String[0]));
    Optional<WasmPropletOptions> beating =
        optional("PROPLET_LIVELINESS_INTERVAL")
            .map(text -> parsed("PROPLET_LIVELINESS_INTERVAL", text, PropletVariables::duration))
            .map(options::withHeartbeat);
    WasmPropletOptions complete = beating.orElse(options);
    return optional("PROPLET_CLIENT_KEY", "PROPLET_API_KEY")
        .map(key -> complete.withCredentials(Credentials.of(id, key)))
        .orElse(complete);
  }

  private String required(String... names) {
    return optional(names)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the variable %s is not set".formatted(String.join(" or ", names))));
  }

  private Optional<String> optional(String... names) {
    return Arrays.stream(names)
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static <T> T parsed(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s is '%s': %s".formatted(name, text, e.getMessage()), e);
    }
  }

  /** Reads {@code 1m30s}. */
  private static Duration duration(String text) {
    try {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a duration is written as in 30s or 1m30s", e);
    }
  }
}
