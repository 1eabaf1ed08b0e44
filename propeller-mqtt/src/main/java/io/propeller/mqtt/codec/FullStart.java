package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.WasmModule;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Writes a Start for the workers on Linux. */
final class FullStart {

  private FullStart() {}

  static void write(Start start, JsonGenerator out) throws IOException {
    checkFederatedInputs(start.env());
    out.writeStartObject();
    out.writeStringField("id", start.id().value());
    out.writeStringField("name", start.name());
    out.writeNumberField("state", start.state());
    out.writeStringField("kind", start.kind().name().toLowerCase(Locale.ROOT));
    if (start.module() instanceof WasmModule.Inline inline) {
      Writing.base64(out, "file", inline.bytes());
    } else if (start.module() instanceof WasmModule.Image image) {
      Writing.base64(out, "file", Bytes.empty());
      out.writeStringField("image_url", image.reference());
    }
    Writing.texts(out, "inputs", start.inputs());
    Writing.texts(out, "cli_args", start.cliArgs());
    Writing.texts(out, "env", start.env());
    out.writeBooleanField("daemon", start.daemon());
    out.writeBooleanField("encrypted", start.encrypted());
    out.writeBooleanField("latent", start.latent());
    Writing.target(out, start.target());
    Writing.text(out, "mode", start.mode().map(mode -> mode.name().toLowerCase(Locale.ROOT)));
    Writing.text(out, "kbs_resource_path", start.kbsResourcePath());
    Writing.text(out, "hal_storage_path", start.halStoragePath());
    if (start.priority().isPresent()) {
      out.writeNumberField("priority", start.priority().getAsInt());
    }
    Writing.json(out, "metadata", start.metadata());
    if (start.monitoringProfile().isPresent()) {
      MonitoringProfileCodec.write(out, start.monitoringProfile().get());
    }
    out.writeEndObject();
  }

  /** Refuses the inputs of a federated task that would run and say nothing. */
  private static void checkFederatedInputs(Map<String, String> env) {
    if (!env.containsKey("ROUND_ID")) {
      return;
    }
    checkUrl(env, "MANAGER_COORDINATOR_URL");
    if (env.containsKey("MODEL_URI")) {
      checkUrl(env, "MODEL_REGISTRY_URL");
    }
  }

  private static void checkUrl(Map<String, String> env, String name) {
    String url = env.getOrDefault(name, "");
    if (url.isEmpty() || url.endsWith("/")) {
      throw new EncodeException(
          "env."
              + name
              + " must be a URL without a slash at its end: with ROUND_ID set the worker needs it");
    }
  }
}
