package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.FetchRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes requests for modules. */
final class FetchRequestCodec implements MessageCodec<FetchRequest> {

  @Override
  public FetchRequest read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    @Nullable FetchRequest request = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      if (field.equals("app_name")) {
        request = in.value(FetchRequest::of, in.text());
      } else {
        in.skip();
      }
    }
    return in.require(request, "app_name");
  }

  @Override
  public void write(FetchRequest message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("app_name", message.appName());
    out.writeEndObject();
  }
}
