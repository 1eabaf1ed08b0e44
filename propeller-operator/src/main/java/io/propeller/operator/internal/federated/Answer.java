package io.propeller.operator.internal.federated;

import io.propeller.mqtt.message.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * An answer over HTTP.
 *
 * @param code the status code
 * @param contentType what the body is
 * @param body the body
 */
record Answer(int code, String contentType, Bytes body) {

  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int CONFLICT = 409;
  static final int GONE = 410;
  static final int TOO_LARGE = 413;
  static final int UNPROCESSABLE = 422;
  static final int UNAVAILABLE = 503;

  /** Returns an answer in words. */
  static Answer text(int code, String text) {
    return new Answer(
        code,
        "text/plain; charset=utf-8",
        Bytes.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns an answer in JSON. */
  static Answer json(Bytes json) {
    return new Answer(200, "application/json", json);
  }
}
