package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.WasmModule;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads Starts, and writes them for either worker. */
final class StartCodec implements MessageCodec<Start> {

  @Override
  public Start read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var start = Start.builder();
    @Nullable TaskId id = null;
    @Nullable String name = null;
    @Nullable PropletId propletId = null;
    boolean broadcast = false;
    Bytes file = Bytes.empty();
    String imageUrl = "";
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "id" -> id = in.taskId();
        case "name" -> name = in.text();
        case "state" -> start.state(in.whole(0, 255));
        case "kind" ->
            start.kind(in.text().equals("federated") ? Start.Kind.FEDERATED : Start.Kind.STANDARD);
        case "file" -> file = in.base64();
        case "image_url" -> imageUrl = in.text();
        case "inputs" -> start.inputs(in.list(JsonReader::textOrNumber));
        case "cli_args" -> start.cliArgs(in.texts());
        case "env" -> start.env(in.map(JsonReader::text));
        case "daemon" -> start.daemon(in.bool());
        case "broadcast" -> broadcast = in.bool();
        case "encrypted" -> start.encrypted(in.bool());
        case "latent" -> start.latent(in.bool());
        case "mode" -> start.mode(in.value(StartCodec::mode, in.text()));
        case "kbs_resource_path" -> start.kbsResourcePath(in.text());
        case "hal_storage_path" -> start.halStoragePath(in.text());
        case "proplet_id" -> propletId = in.propletId();
        case "priority" -> start.priority(in.whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
        case "metadata" -> start.metadata(readMetadata(in));
        case "monitoring_profile" -> start.monitoringProfile(MonitoringProfileCodec.read(in));
        default -> in.skip();
      }
    }
    start.id(in.require(id, "id")).name(in.require(name, "name"));
    start.target(Targets.of(broadcast, propletId));
    if (file.isEmpty() && imageUrl.isEmpty()) {
      throw in.refuse(Reason.MISSING, "image_url");
    }
    String image = imageUrl;
    Bytes inline = file;
    start.module(
        in.checked(() -> inline.isEmpty() ? WasmModule.image(image) : WasmModule.inline(inline)));
    return in.checked(start::build);
  }

  private static Json readMetadata(JsonReader in) throws IOException, DecodeException {
    in.object();
    return in.json();
  }

  private static Start.Mode mode(String text) {
    return Start.Mode.valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Override
  public void write(Start message, JsonGenerator out, Dialect dialect) throws IOException {
    if (dialect == Dialect.WAMR) {
      EmbeddedStart.write(message, out);
    } else {
      FullStart.write(message, out);
    }
  }
}
