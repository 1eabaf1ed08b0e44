package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.Timestamp;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads and writes the times of workers, who have three ways to say them. */
final class TimestampCodec {

  private TimestampCodec() {}

  static Timestamp read(JsonReader in) throws IOException, DecodeException {
    try {
      if (in.atObject()) {
        return new Timestamp.At(readSinceEpoch(in));
      }
      return in.atNumber()
          ? new Timestamp.Uptime(Duration.ofMillis((long) in.real()))
          : new Timestamp.At(OffsetDateTime.parse(in.text()).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw in.refuse(Reason.WRONG_VALUE);
    }
  }

  private static Instant readSinceEpoch(JsonReader in) throws IOException, DecodeException {
    long seconds = 0;
    int nanos = 0;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "secs_since_epoch" -> seconds = in.whole();
        case "nanos_since_epoch" -> nanos = in.whole(0, 999_999_999);
        default -> in.skip();
      }
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  static void write(JsonGenerator out, Timestamp timestamp) throws IOException {
    if (timestamp instanceof Timestamp.Uptime uptime) {
      out.writeNumberField("timestamp", uptime.uptime().toMillis());
    } else if (timestamp instanceof Timestamp.At at) {
      out.writeStringField("timestamp", at.instant().toString());
    }
  }
}
