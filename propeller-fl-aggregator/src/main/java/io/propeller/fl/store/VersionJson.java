package io.propeller.fl.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.RoundId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The record of a version in a file. */
final class VersionJson {
  private static final JsonFactory JSON = new JsonFactory();

  private VersionJson() {}

  static byte[] write(ModelVersion version) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("name", version.name().value());
      json.writeNumberField("number", version.number());
      json.writeStringField("content", version.content().toString());
      if (version.serverState().isPresent()) {
        json.writeStringField("serverState", version.serverState().get().toString());
      }
      json.writeStringField("publishedAt", version.publishedAt().toString());
      json.writeStringField("round", version.lineage().round().value());
      json.writeStringField("algorithm", version.lineage().algorithm());
      if (version.lineage().base().isPresent()) {
        json.writeStringField("base", version.lineage().base().get().toString());
      }
      json.writeObjectFieldStart("updates");
      for (Map.Entry<ParticipantId, Digest> update : version.lineage().updates().entrySet()) {
        json.writeStringField(update.getKey().value(), update.getValue().toString());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  static ModelVersion read(byte[] bytes) throws IOException {
    Map<String, String> fields = new HashMap<>();
    Map<ParticipantId, Digest> updates = new HashMap<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() != JsonToken.START_OBJECT) {
          fields.put(name, json.getText());
          continue;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          ParticipantId participant = ParticipantId.of(json.currentName());
          updates.put(participant, Digest.parse(json.nextTextValue()));
        }
      }
      return new ModelVersion(
          StoreName.of(required(fields, "name")),
          Integer.parseInt(required(fields, "number")),
          Digest.parse(required(fields, "content")),
          Optional.ofNullable(fields.get("serverState")).map(Digest::parse),
          Lineage.of(
              RoundId.parse(required(fields, "round")),
              required(fields, "algorithm"),
              Optional.ofNullable(fields.get("base")).map(Digest::parse),
              updates),
          Instant.parse(required(fields, "publishedAt")));
    } catch (RuntimeException e) {
      throw new IOException("the record of a model version cannot be read: " + e.getMessage(), e);
    }
  }

  private static String required(Map<String, String> fields, String name) throws IOException {
    String value = fields.get(name);
    if (value == null) {
      throw new IOException("the record of a model version has no " + name);
    }
    return value;
  }
}
