package io.propeller.fl.model;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a model: numbers in any nesting of arrays and objects, such as {@code
 * {"w":[0.5,1],"b":0.1}}.
 *
 * <p>A rectangular array of arrays is one part; the elements of any other array are parts named by
 * their index. Values are read exactly as {@link Double#parseDouble} reads them, and written so
 * that they are read back with the same bits.
 */
public final class ModelJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private ModelJson() {}

  /**
   * Reads a model from the start of these bytes, and ignores what comes after it.
   *
   * @throws IOException if they do not begin with JSON, or it holds something besides numbers
   */
  public static Model read(byte[] json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      return read(parser, Integer.MAX_VALUE);
    }
  }

  /**
   * Reads a model from a parser that stands on the model's first token, and leaves it on the last.
   *
   * @param maxValues how many numbers it may have
   * @throws IOException if the JSON is malformed, exceeds the parser's limits, has more numbers, or
   *     holds something besides numbers
   */
  public static Model read(JsonParser parser, int maxValues) throws IOException {
    return new ModelJsonReader(parser, maxValues).read();
  }

  /**
   * Writes a model.
   *
   * @throws IOException if the stream throws it
   */
  public static void write(Model model, OutputStream out) throws IOException {
    try (JsonGenerator json =
        FACTORY
            .createGenerator(out, JsonEncoding.UTF8)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      write(model, json);
    }
  }

  /**
   * Writes a model as a value of a larger document.
   *
   * @throws IOException if the generator throws it
   */
  public static void write(Model model, JsonGenerator json) throws IOException {
    Tree root = new Tree();
    int offset = 0;
    for (Part part : model.shape().parts()) {
      Tree node = root;
      for (String token : JsonPointers.tokens(part.name())) {
        node = node.children.computeIfAbsent(token, name -> new Tree());
      }
      node.part = part;
      node.offset = offset;
      offset += part.size();
    }
    root.write(model, json);
  }

  /** The nesting that the names of the parts describe. */
  private static final class Tree {
    private final Map<String, Tree> children = new LinkedHashMap<>();
    private @Nullable Part part;
    private int offset;

    void write(Model model, JsonGenerator json) throws IOException {
      if (part != null) {
        writeTensor(model, json, part, 0, offset);
      } else if (isArray()) {
        json.writeStartArray();
        for (int i = 0; i < children.size(); i++) {
          Tree child = children.get(Integer.toString(i));
          if (child != null) {
            child.write(model, json);
          }
        }
        json.writeEndArray();
      } else {
        json.writeStartObject();
        for (Map.Entry<String, Tree> child : new TreeMap<>(children).entrySet()) {
          json.writeFieldName(child.getKey());
          child.getValue().write(model, json);
        }
        json.writeEndObject();
      }
    }

    private boolean isArray() {
      for (int i = 0; i < children.size(); i++) {
        if (!children.containsKey(Integer.toString(i))) {
          return false;
        }
      }
      return !children.isEmpty();
    }

    private static int writeTensor(Model model, JsonGenerator json, Part part, int axis, int from)
        throws IOException {
      if (axis == part.dimensions().size()) {
        json.writeNumber(model.value(from));
        return from + 1;
      }
      int at = from;
      json.writeStartArray();
      for (int i = 0; i < part.dimensions().get(axis); i++) {
        at = writeTensor(model, json, part, axis + 1, at);
      }
      json.writeEndArray();
      return at;
    }
  }
}
