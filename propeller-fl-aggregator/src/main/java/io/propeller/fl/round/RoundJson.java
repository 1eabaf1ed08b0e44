package io.propeller.fl.round;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.propeller.fl.aggregate.NoiseSeed;
import io.propeller.fl.round.Stage.Closed;
import io.propeller.fl.round.Stage.Collecting;
import io.propeller.fl.round.Stage.Open;
import io.propeller.fl.round.Stage.Outcome;
import io.propeller.fl.round.Stage.Outcome.Aggregated;
import io.propeller.fl.round.Stage.Outcome.Impossible;
import io.propeller.fl.round.Stage.Outcome.TimedOut;
import io.propeller.fl.round.Stage.Ready;
import io.propeller.fl.store.Digest;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.Refusal.Reason;
import io.propeller.fl.update.RoundId;
import io.propeller.fl.update.TrainingMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The JSON form of a round, in which it survives a restart. */
public final class RoundJson {
  private static final JsonFactory JSON = new JsonFactory();

  private RoundJson() {}

  /** Writes a round. */
  public static byte[] write(Round round) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      RoundSpec spec = round.spec();
      json.writeStartObject();
      json.writeStringField("id", spec.id().value());
      json.writeNumberField("quorum", spec.quorum());
      json.writeStringField("openedAt", spec.openedAt().toString());
      json.writeStringField("deadline", spec.deadline().toString());
      json.writeStringField("grace", spec.grace().toString());
      if (spec.noiseSeed().isPresent()) {
        json.writeStringField("noiseSeed", spec.noiseSeed().get().hex());
      }
      if (round.quorumAt().isPresent()) {
        json.writeStringField("quorumAt", round.quorumAt().get().toString());
      }
      writeStage(round.stage(), json);
      writeNames("participants", spec.participants(), json);
      writeNames("withdrawn", round.withdrawn(), json);
      json.writeArrayFieldStart("contributions");
      for (Contribution contribution : round.contributions().values()) {
        write(contribution, json);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("refusals");
      for (Map.Entry<Reason, Integer> refusal : round.refusals().counts().entrySet()) {
        json.writeNumberField(refusal.getKey().name(), refusal.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("fingerprints");
      for (long fingerprint : round.refusals().fingerprints()) {
        json.writeNumber(fingerprint);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
    return out.toByteArray();
  }

  private static void writeNames(String field, Iterable<ParticipantId> names, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (ParticipantId name : names) {
      json.writeString(name.value());
    }
    json.writeEndArray();
  }

  private static void write(Contribution contribution, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("participant", contribution.participant().value());
    json.writeStringField("update", contribution.update().toString());
    json.writeNumberField("weight", contribution.weight());
    if (contribution.metrics().loss().isPresent()) {
      json.writeNumberField("loss", contribution.metrics().loss().getAsDouble());
    }
    if (contribution.metrics().accuracy().isPresent()) {
      json.writeNumberField("accuracy", contribution.metrics().accuracy().getAsDouble());
    }
    json.writeBooleanField("clipped", contribution.clipped());
    json.writeEndObject();
  }

  private static void writeStage(Stage stage, JsonGenerator json) throws IOException {
    json.writeStringField("stage", nameOf(stage));
    if (stage instanceof Ready ready) {
      json.writeStringField("at", ready.at().toString());
    } else if (stage instanceof Closed closed) {
      json.writeStringField("at", closed.at().toString());
      if (closed.outcome() instanceof Aggregated aggregated) {
        json.writeStringField("model", aggregated.model().toString());
      } else if (closed.outcome() instanceof Impossible impossible) {
        json.writeStringField("reason", impossible.reason());
      }
    }
  }

  private static String nameOf(Stage stage) {
    return stage instanceof Closed closed
        ? closed.outcome().getClass().getSimpleName()
        : stage.getClass().getSimpleName();
  }

  /**
   * Reads a round.
   *
   * @throws IOException if the JSON is not one
   */
  public static Round read(byte[] bytes) throws IOException {
    Map<String, String> fields = new HashMap<>();
    List<ParticipantId> participants = new ArrayList<>();
    List<ParticipantId> withdrawn = new ArrayList<>();
    Map<ParticipantId, Contribution> contributions = new HashMap<>();
    Map<Reason, Integer> counts = new HashMap<>();
    List<Long> fingerprints = new ArrayList<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "participants" -> readNames(json, participants);
          case "withdrawn" -> readNames(json, withdrawn);
          case "contributions" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              Contribution contribution = readContribution(json);
              contributions.put(contribution.participant(), contribution);
            }
          }
          case "refusals" ->
              readFields(json)
                  .forEach((reason, n) -> counts.put(Reason.valueOf(reason), Integer.parseInt(n)));
          case "fingerprints" -> {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              fingerprints.add(json.getLongValue());
            }
          }
          default -> fields.put(name, json.getText());
        }
      }
      return new Round(
          new RoundSpec(
              RoundId.parse(required(fields, "id")),
              ImmutableSortedSet.copyOf(participants),
              Integer.parseInt(required(fields, "quorum")),
              Instant.parse(required(fields, "openedAt")),
              Instant.parse(required(fields, "deadline")),
              Duration.parse(required(fields, "grace")),
              Optional.ofNullable(fields.get("noiseSeed")).map(NoiseSeed::new)),
          ImmutableSortedMap.copyOf(contributions),
          ImmutableSortedSet.copyOf(withdrawn),
          Optional.ofNullable(fields.get("quorumAt")).map(Instant::parse),
          new Refusals(ImmutableSortedMap.copyOf(counts), ImmutableSet.copyOf(fingerprints)),
          readStage(fields));
    } catch (RuntimeException e) {
      throw new IOException("the state of a round cannot be read: " + e.getMessage(), e);
    }
  }

  private static void readNames(JsonParser json, List<ParticipantId> into) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      into.add(ParticipantId.of(json.getText()));
    }
  }

  private static Map<String, String> readFields(JsonParser json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      fields.put(name, json.getText());
    }
    return fields;
  }

  private static Contribution readContribution(JsonParser json) throws IOException {
    Map<String, String> fields = readFields(json);
    return new Contribution(
        ParticipantId.of(required(fields, "participant")),
        Digest.parse(required(fields, "update")),
        Long.parseLong(required(fields, "weight")),
        new TrainingMetrics(readNumber(fields, "loss"), readNumber(fields, "accuracy")),
        Boolean.parseBoolean(required(fields, "clipped")));
  }

  private static OptionalDouble readNumber(Map<String, String> fields, String name) {
    String value = fields.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
  }

  private static Stage readStage(Map<String, String> fields) throws IOException {
    String name = required(fields, "stage");
    if (name.equals(Open.class.getSimpleName())) {
      return new Open();
    }
    if (name.equals(Collecting.class.getSimpleName())) {
      return new Collecting();
    }
    Instant at = Instant.parse(required(fields, "at"));
    if (name.equals(Ready.class.getSimpleName())) {
      return new Ready(at);
    }
    Outcome outcome =
        switch (name) {
          case "Aggregated" -> new Aggregated(Digest.parse(required(fields, "model")));
          case "TimedOut" -> new TimedOut();
          case "Impossible" -> new Impossible(required(fields, "reason"));
          default -> throw new IOException("the state of a round has an unknown stage: " + name);
        };
    return new Closed(outcome, at);
  }

  private static String required(Map<String, String> fields, String name) throws IOException {
    String value = fields.get(name);
    if (value == null) {
      throw new IOException("the state of a round has no " + name);
    }
    return value;
  }
}
