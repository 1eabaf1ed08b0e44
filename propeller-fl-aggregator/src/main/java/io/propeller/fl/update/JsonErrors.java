package io.propeller.fl.update;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.base.Ascii;

/** Words for what is wrong with a piece of JSON, short and without its content. */
final class JsonErrors {
  private static final int MAX_LENGTH = 200;

  private JsonErrors() {}

  /** Returns one line that says what is wrong and where. */
  static String describe(Exception e) {
    if (e instanceof JsonProcessingException json) {
      JsonLocation at = json.getLocation();
      String where = at == null ? "" : " at byte " + at.getByteOffset();
      return Ascii.truncate(String.valueOf(json.getOriginalMessage()), MAX_LENGTH, "…") + where;
    }
    return Ascii.truncate(String.valueOf(e.getMessage()), MAX_LENGTH, "…");
  }
}
