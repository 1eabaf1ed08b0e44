package io.propeller.mqtt.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One JSON value, kept as the text that it was written as; for what the protocol carries and does
 * not look into.
 */
public final class Json {

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final String text;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Returns the value that a text spells.
   *
   * @throws IllegalArgumentException if {@code text} is not one JSON value and nothing else
   */
  public static Json parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("no JSON: the text is blank");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException(
            "more than one JSON value: the second is at offset "
                + parser.currentTokenLocation().getCharOffset());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "no JSON: the text breaks its rules at offset " + e.getLocation().getCharOffset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Json(text.strip());
  }

  /** Returns whether the value is an object. */
  public boolean isObject() {
    return text.charAt(0) == '{';
  }

  /** Returns the value as JSON text. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
