package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.RoundId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the ends of rounds. */
final class RoundCompleteCodec implements MessageCodec<RoundComplete> {

  @Override
  public RoundComplete read(JsonReader in, List<String> levels)
      throws IOException, DecodeException {
    var round = RoundComplete.builder();
    @Nullable RoundId roundId = null;
    @Nullable Instant timestamp = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "round_id" -> roundId = in.roundId();
        case "new_model_version" -> round.newModelVersion(in.textOrNumber());
        case "model_uri" -> round.modelUri(in.text());
        case "next_round_available" -> round.nextRoundAvailable(in.bool());
        case "timestamp" -> timestamp = readTime(in);
        default -> in.skip();
      }
    }
    return round
        .roundId(in.require(roundId, "round_id"))
        .timestamp(in.require(timestamp, "timestamp"))
        .build();
  }

  private static Instant readTime(JsonReader in) throws IOException, DecodeException {
    try {
      return OffsetDateTime.parse(in.text()).toInstant();
    } catch (DateTimeException e) {
      throw in.refuse(Reason.WRONG_VALUE);
    }
  }

  @Override
  public void write(RoundComplete message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("round_id", message.roundId().value());
    Writing.text(out, "new_model_version", message.newModelVersion());
    Writing.text(out, "model_uri", message.modelUri());
    out.writeStringField("status", "complete");
    out.writeBooleanField("next_round_available", message.nextRoundAvailable());
    out.writeStringField("timestamp", message.timestamp().toString());
    out.writeEndObject();
  }
}
