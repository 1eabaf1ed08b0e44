package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.RoundStart;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes wishes for rounds. */
final class RoundStartCodec implements MessageCodec<RoundStart> {

  private static final int MAX_TIMEOUT_SECONDS = 365 * 24 * 3600;

  @Override
  public RoundStart read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var round = RoundStart.builder();
    @Nullable RoundId roundId = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "experiment_id" -> round.experimentId(in.text());
        case "round_id" -> roundId = in.roundId();
        case "model_uri" -> round.modelUri(in.text());
        case "task_wasm_image" -> round.taskWasmImage(in.text());
        case "participants" -> round.participants(in.list(JsonReader::propletId));
        case "hyperparams" -> round.hyperparams(in.json());
        case "k_of_n" -> round.kOfN(in.whole(0, Integer.MAX_VALUE));
        case "timeout_seconds", "timeout_s" ->
            round.timeout(Duration.ofSeconds(in.whole(0, MAX_TIMEOUT_SECONDS)));
        default -> in.skip();
      }
    }
    return round.roundId(in.require(roundId, "round_id")).build();
  }

  @Override
  public void write(RoundStart message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    Writing.text(out, "experiment_id", message.experimentId());
    out.writeStringField("round_id", message.roundId().value());
    Writing.text(out, "model_uri", message.modelUri());
    Writing.text(out, "task_wasm_image", message.taskWasmImage());
    Writing.texts(out, "participants", message.participants());
    Writing.json(out, "hyperparams", message.hyperparams());
    if (message.kOfN().isPresent()) {
      out.writeNumberField("k_of_n", message.kOfN().getAsInt());
    }
    if (message.timeout().isPresent()) {
      out.writeNumberField("timeout_seconds", message.timeout().get().toSeconds());
    }
    out.writeEndObject();
  }
}
