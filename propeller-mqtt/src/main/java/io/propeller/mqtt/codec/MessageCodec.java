package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Message;
import java.io.IOException;
import java.util.List;

/**
 * Reads and writes one kind of message.
 *
 * @param <M> the message
 */
interface MessageCodec<M extends Message> {

  /**
   * Reads a message, from the start of its object to its end.
   *
   * @param levels what stands in the variable levels of the topic
   */
  M read(JsonReader in, List<String> levels) throws IOException, DecodeException;

  /** Writes a message as one object. */
  void write(M message, JsonGenerator out, Dialect dialect) throws IOException;
}
