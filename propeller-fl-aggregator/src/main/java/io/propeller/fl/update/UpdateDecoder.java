package io.propeller.fl.update;

import com.fasterxml.jackson.core.JsonParser;
import io.propeller.fl.model.ElementType;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelJson;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.PackedValues;
import io.propeller.fl.model.Part;
import io.propeller.fl.model.Values;
import io.propeller.fl.update.Refusal.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the numbers of an update in any of the formats. Safe for use by several threads. */
public final class UpdateDecoder {
  private final DecodeLimits limits;
  private final EnvelopeReader json;

  /** Makes a decoder that holds to these limits. */
  public UpdateDecoder(DecodeLimits limits) {
    this.limits = limits;
    this.json = new EnvelopeReader(limits);
  }

  /**
   * Reads the numbers of an envelope.
   *
   * @param expected the shape of the model, which a payload without one of its own takes on if its
   *     length is right
   * @throws UpdateRefusedException with {@code FORMAT}, {@code SHAPE}, {@code TOO_LARGE} or {@code
   *     MALFORMED}
   */
  public DecodedUpdate decode(UpdateEnvelope envelope, Optional<ModelShape> expected)
      throws UpdateRefusedException {
    try {
      if (envelope.update().isPresent()) {
        return fromModel(envelope, envelope.update().get());
      }
      byte[] payload =
          envelope
              .payload()
              .orElseThrow(
                  () ->
                      new UpdateRefusedException(
                          Reason.MALFORMED, "the message has no update_b64 and no update"));
      return fromPayload(envelope, payload, expected);
    } catch (IOException | IllegalArgumentException e) {
      throw new UpdateRefusedException(Reason.MALFORMED, JsonErrors.describe(e));
    }
  }

  private DecodedUpdate fromPayload(
      UpdateEnvelope envelope, byte[] payload, Optional<ModelShape> expected)
      throws UpdateRefusedException, IOException {
    if (payload.length == 0) {
      throw new UpdateRefusedException(Reason.MALFORMED, "the update is empty");
    }
    String label = envelope.format().orElse(UpdateFormat.SNIFF.label());
    UpdateFormat format =
        UpdateFormat.parse(label)
            .orElseThrow(
                () ->
                    new UpdateRefusedException(
                        Reason.FORMAT,
                        "format '" + label + "' is unknown; known are " + UpdateFormat.known()));
    if (format == UpdateFormat.JSON_F64) {
      return fromJson(envelope, payload);
    }
    if (format == UpdateFormat.SNIFF) {
      if (looksLikeJson(payload)) {
        try {
          return fromJson(envelope, payload);
        } catch (IOException | IllegalArgumentException e) {
          if (payload.length % Float.BYTES != 0) {
            throw e;
          }
        }
      }
      format = UpdateFormat.F32;
    }
    return fromBytes(envelope, format, payload, expected);
  }

  private static boolean looksLikeJson(byte[] payload) {
    for (byte b : payload) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b == '[' || b == '{';
      }
    }
    return false;
  }

  private DecodedUpdate fromJson(UpdateEnvelope envelope, byte[] payload)
      throws IOException, UpdateRefusedException {
    double[] flat = JsonNumberArray.parse(payload, limits);
    if (flat != null) {
      return fromModel(envelope, Model.wrap(ModelShape.vector(flat.length), flat));
    }
    if (json.hasKey(payload, "update")) {
      UpdateEnvelope module = json.read(payload);
      UpdateEnvelope.Builder both = UpdateEnvelope.builder().from(module);
      envelope.numSamples().ifPresent(both::numSamples);
      both.metrics(envelope.metrics().or(module.metrics()));
      Optional<Model> model = module.update();
      if (model.isPresent()) {
        return fromModel(both.build(), model.get());
      }
    }
    try (JsonParser parser = json.parser(payload)) {
      parser.nextToken();
      return fromModel(envelope, ModelJson.read(parser, limits.maxValues()));
    }
  }

  private static DecodedUpdate fromModel(UpdateEnvelope envelope, Model model)
      throws UpdateRefusedException {
    if (model.length() == 0) {
      throw new UpdateRefusedException(Reason.SHAPE, "the update has no values");
    }
    return new DecodedUpdate(
        UpdateFormat.JSON_F64,
        model.shape(),
        model.values(),
        envelope.numSamples(),
        envelope.metrics());
  }

  private DecodedUpdate fromBytes(
      UpdateEnvelope envelope, UpdateFormat format, byte[] payload, Optional<ModelShape> expected)
      throws UpdateRefusedException {
    PackedValues values =
        switch (format) {
          case F32 -> PackedValues.of(ElementType.FLOAT32, whole(format, payload, Float.BYTES));
          case F64 -> PackedValues.of(ElementType.FLOAT64, whole(format, payload, Double.BYTES));
          case F16 -> Narrow.fromFloat16(whole(format, payload, Short.BYTES));
          case INT8 -> Narrow.fromInt8(payload, scale(envelope.scale()));
          case JSON_F64, SNIFF -> throw new AssertionError(format);
        };
    if (values.length() > limits.maxValues()) {
      throw new UpdateRefusedException(
          Reason.TOO_LARGE,
          "the update has "
              + values.length()
              + " values, at most "
              + limits.maxValues()
              + " are read");
    }
    Optional<List<Part>> stated = envelope.shape();
    ModelShape shape =
        stated.isPresent()
            ? ModelShape.of(stated.get())
            : expected
                .filter(model -> model.length() == values.length())
                .orElseGet(() -> ModelShape.vector(values.length()));
    if (shape.length() != values.length()) {
      throw new UpdateRefusedException(
          Reason.SHAPE,
          "shape " + shape + " has " + shape.length() + " values, the update " + values.length());
    }
    Values ordered = stated.isPresent() ? inOrderOf(shape, stated.get(), values) : values;
    return new DecodedUpdate(format, shape, ordered, envelope.numSamples(), envelope.metrics());
  }

  private static byte[] whole(UpdateFormat format, byte[] payload, int size)
      throws UpdateRefusedException {
    if (payload.length % size != 0) {
      throw new UpdateRefusedException(
          Reason.FORMAT,
          payload.length + " bytes are not whole values of format " + format.label());
    }
    return payload;
  }

  private static double scale(OptionalDouble scale) throws UpdateRefusedException {
    if (scale.isEmpty() || !Double.isFinite(scale.getAsDouble())) {
      throw new UpdateRefusedException(
          Reason.FORMAT, "format int8 needs a finite scale, it is " + scale);
    }
    return scale.getAsDouble();
  }

  /** Moves the parts from the order in which they came to the order of the shape. */
  private static PackedValues inOrderOf(ModelShape shape, List<Part> stated, PackedValues values) {
    if (shape.parts().equals(stated)) {
      return values;
    }
    int size = values.type().bytes();
    byte[] ordered = new byte[values.length() * size];
    int from = 0;
    for (Part part : stated) {
      int length = part.size() * size;
      byte[] moved = Arrays.copyOfRange(values.bytes(), from, from + length);
      System.arraycopy(moved, 0, ordered, shape.offset(part.name()) * size, length);
      from += length;
    }
    return PackedValues.of(values.type(), ordered);
  }
}
