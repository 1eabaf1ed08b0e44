package io.propeller.fl.model;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one model: numbers go to one growing array in the order of the text, and a tree says what
 * they mean.
 */
final class ModelJsonReader {
  private static final int FIRST_CAPACITY = 64;

  private final JsonParser parser;
  private final int maxValues;
  private double[] numbers = new double[FIRST_CAPACITY];
  private int size;

  ModelJsonReader(JsonParser parser, int maxValues) {
    this.parser = parser;
    this.maxValues = maxValues;
  }

  Model read() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    node().collect("", tensors);
    List<Part> parts = new ArrayList<>();
    tensors.forEach((name, tensor) -> parts.add(new Part(name, tensor.dimensions)));
    ModelShape shape = ModelShape.of(parts);
    double[] values = new double[shape.length()];
    int offset = 0;
    for (Part part : shape.parts()) {
      Tensor tensor = tensors.get(part.name());
      if (tensor != null) {
        System.arraycopy(numbers, tensor.offset, values, offset, part.size());
      }
      offset += part.size();
    }
    return Model.wrap(shape, values);
  }

  private Node node() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object();
    }
    if (token == JsonToken.START_ARRAY) {
      return array();
    }
    return new Tensor(number(), ImmutableList.of());
  }

  /** Appends the number that the parser stands on, and returns where it went. */
  private int number() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isNumeric()) {
      throw new JsonParseException(
          parser, "a model holds numbers, arrays and objects, not " + token);
    }
    if (size == maxValues) {
      throw new JsonParseException(parser, "more than " + maxValues + " numbers");
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size] = parser.getDoubleValue();
    return size++;
  }

  private Node object() throws IOException {
    Composite object = new Composite();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (object.children.put(name, node()) != null) {
        throw new JsonParseException(parser, "'" + name + "' occurs twice");
      }
    }
    return object;
  }

  private Node array() throws IOException {
    int offset = size;
    int plain = 0;
    List<Node> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (elements.isEmpty()
          && parser.currentToken() != null
          && parser.currentToken().isNumeric()) {
        number();
        plain++;
        continue;
      }
      for (; plain > 0; plain--) {
        elements.add(new Tensor(size - plain, ImmutableList.of()));
      }
      elements.add(node());
    }
    if (elements.isEmpty()) {
      return new Tensor(offset, ImmutableList.of(plain));
    }
    ImmutableList<Integer> common = commonDimensions(elements);
    if (common != null) {
      return new Tensor(
          offset, ImmutableList.<Integer>builder().add(elements.size()).addAll(common).build());
    }
    Composite composite = new Composite();
    for (int i = 0; i < elements.size(); i++) {
      composite.children.put(Integer.toString(i), elements.get(i));
    }
    return composite;
  }

  private static @Nullable ImmutableList<Integer> commonDimensions(List<Node> elements) {
    ImmutableList<Integer> common = null;
    for (Node element : elements) {
      if (!(element instanceof Tensor tensor)
          || (common != null && !common.equals(tensor.dimensions))) {
        return null;
      }
      common = tensor.dimensions;
    }
    return common;
  }

  /** What a piece of JSON turned out to be. */
  private interface Node {
    void collect(String name, Map<String, Tensor> into);
  }

  private record Tensor(int offset, ImmutableList<Integer> dimensions) implements Node {
    @Override
    public void collect(String name, Map<String, Tensor> into) {
      into.put(name, this);
    }
  }

  private static final class Composite implements Node {
    private final Map<String, Node> children = new LinkedHashMap<>();

    @Override
    public void collect(String name, Map<String, Tensor> into) {
      children.forEach((token, child) -> child.collect(JsonPointers.child(name, token), into));
    }
  }
}
