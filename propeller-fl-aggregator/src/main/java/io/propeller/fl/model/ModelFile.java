package io.propeller.fl.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The stored form of models and updates.
 *
 * <p>Eight bytes {@code PROPFL1\n}; the length of the header in four bytes, little-endian; the
 * header, JSON such as {@code {"type":"f32","parts":[{"name":"/w","dimensions":[3]}]}}; then the
 * values, little-endian. The same values give the same bytes.
 *
 * @param shape what the values mean
 * @param values the flat vector
 */
public record ModelFile(ModelShape shape, Values values) {
  private static final byte[] MAGIC = "PROPFL1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFIX = MAGIC.length + Integer.BYTES;
  private static final int MAX_HEADER = 16 << 20;
  private static final int CHUNK = 8_192;
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Checks that the shape is that of the values.
   *
   * @throws IllegalArgumentException if their lengths differ
   */
  public ModelFile {
    if (shape.length() != values.length()) {
      throw new IllegalArgumentException(
          "shape " + shape + " has " + shape.length() + " values, the vector " + values.length());
    }
  }

  /**
   * Writes the file.
   *
   * @throws IOException if the stream throws it
   */
  public void write(OutputStream out) throws IOException {
    byte[] header = header();
    out.write(MAGIC);
    for (int i = 0; i < Integer.BYTES; i++) {
      out.write(header.length >>> (8 * i));
    }
    out.write(header);
    if (values instanceof PackedValues packed) {
      out.write(packed.bytes(), packed.offset(), packed.length() * packed.type().bytes());
      return;
    }
    double[] chunk = new double[Math.min(CHUNK, values.length())];
    byte[] bytes = new byte[chunk.length * values.type().bytes()];
    for (int from = 0; from < values.length(); from += CHUNK) {
      int n = Math.min(CHUNK, values.length() - from);
      values.read(from, n, chunk);
      out.write(bytes, 0, pack(chunk, n, bytes));
    }
  }

  private int pack(double[] chunk, int n, byte[] bytes) {
    for (int i = 0; i < n; i++) {
      switch (values.type()) {
        case FLOAT32 -> PackedValues.putFloat(bytes, i * Float.BYTES, (float) chunk[i]);
        case FLOAT64 -> PackedValues.putDouble(bytes, i * Double.BYTES, chunk[i]);
      }
    }
    return n * values.type().bytes();
  }

  private byte[] header() throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(header)) {
      json.writeStartObject();
      json.writeStringField("type", values.type().label());
      json.writeArrayFieldStart("parts");
      for (Part part : shape.parts()) {
        json.writeStartObject();
        json.writeStringField("name", part.name());
        json.writeFieldName("dimensions");
        json.writeArray(
            part.dimensions().stream().mapToInt(Integer::intValue).toArray(),
            0,
            part.dimensions().size());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return header.toByteArray();
  }

  /**
   * Opens a stored file; its values are read when they are asked for.
   *
   * @throws IOException if the blob cannot be read, or is no such file
   */
  public static ModelFile open(Blob blob) throws IOException {
    if (blob.size() < PREFIX) {
      throw new IOException("not a model file: it has only " + blob.size() + " bytes");
    }
    byte[] prefix = new byte[PREFIX];
    blob.read(0, prefix, 0, PREFIX);
    if (!Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("not a model file: it does not begin with PROPFL1");
    }
    int length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length |= (prefix[MAGIC.length + i] & 0xff) << (8 * i);
    }
    if (length < 0 || length > MAX_HEADER || PREFIX + length > blob.size()) {
      throw new IOException("not a model file: its header claims " + length + " bytes");
    }
    byte[] header = new byte[length];
    blob.read(PREFIX, header, 0, length);
    try {
      return parse(header, blob, PREFIX + length);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a model file: " + e.getMessage(), e);
    }
  }

  private static ModelFile parse(byte[] header, Blob blob, long offset) throws IOException {
    ElementType type = ElementType.FLOAT64;
    List<Part> parts = new ArrayList<>();
    try (JsonParser json = JSON.createParser(header)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        if (field.equals("type")) {
          type = ElementType.parse(json.getText());
        } else {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            parts.add(part(json));
          }
        }
      }
    }
    ModelShape shape = ModelShape.of(parts);
    if (offset + (long) shape.length() * type.bytes() != blob.size()) {
      throw new IOException(
          "not a model file: " + blob.size() + " bytes do not hold " + shape.length() + " values");
    }
    return new ModelFile(shape, new BlobValues(type, blob, offset, shape.length()));
  }

  private static Part part(JsonParser json) throws IOException {
    String name = "";
    List<Integer> dimensions = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("name")) {
        name = json.getText();
      } else {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          dimensions.add(json.getIntValue());
        }
      }
    }
    return Part.of(name, dimensions);
  }

  /** Returns the model, with all of its values in memory. */
  public Model toModel() {
    return Model.wrap(shape, values.toArray());
  }
}
