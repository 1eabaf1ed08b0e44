package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.mqtt.topic.Route;
import io.propeller.mqtt.topic.Subtopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Turns messages into JSON and back. Safe for use by any thread.
 *
 * <p>Reading takes every form that workers are known to send, ignores keys that it does not know,
 * and refuses all else with a {@link DecodeException} that says why and not what. Writing is for a
 * worker's {@link Dialect}.
 */
public final class Codec {

  /** The most bytes that a worker on Linux accepts in one packet. */
  static final int MAX_PACKET_BYTES = 10 << 20;

  /** What the packet around a message takes at most: a header and a topic. */
  private static final int PACKET_OVERHEAD = 8 << 10;

  private final Limits limits;
  private final ThreadLocal<JsonReader> readers;

  /** Makes a codec that reads within these limits. */
  public Codec(Limits limits) {
    this.limits = limits;
    this.readers = ThreadLocal.withInitial(() -> new JsonReader(limits));
  }

  /**
   * Reads a message.
   *
   * @param kind which kind it is
   * @throws DecodeException if it is not one, or beyond the limits
   */
  public <M extends Message> M decode(Subtopic<M> kind, byte[] payload) throws DecodeException {
    return kind.message().cast(decode(MessageCodecs.of(kind), List.of(), kind.filter(), payload));
  }

  /**
   * Reads the message that came on a topic.
   *
   * @param route what the topic says
   * @throws DecodeException if it is not one of that kind, or beyond the limits
   */
  public Message decode(Route route, String topic, byte[] payload) throws DecodeException {
    return decode(MessageCodecs.of(route.subtopic()), route.levels(), topic, payload);
  }

  private Message decode(
      MessageCodecs.Entry<?> entry, List<String> levels, String topic, byte[] payload)
      throws DecodeException {
    int most = entry.large() ? limits.updateBytes() : limits.bytes();
    if (payload.length > most) {
      throw new DecodeException(Reason.TOO_LARGE, topic, "", most, payload);
    }
    JsonReader in = readers.get();
    boolean reusable = false;
    try {
      in.begin(payload, topic);
      Message message = entry.codec().read(in, levels);
      in.end();
      reusable = !in.isSpent();
      return message;
    } catch (StreamConstraintsException e) {
      throw in.refuse(in.isTooDeep() ? Reason.TOO_DEEP : Reason.TOO_LONG, "");
    } catch (IOException e) {
      throw in.refuse(Reason.MALFORMED, "");
    } finally {
      if (!reusable) {
        readers.remove();
      }
    }
  }

  /** Writes what a worker says. */
  public static byte[] encode(WorkerMessage message) {
    return write(message, Dialect.WASMTIME);
  }

  /**
   * Writes what a worker is told.
   *
   * @param dialect what the worker speaks
   * @throws EncodeException if the worker could not read it
   */
  public static byte[] encode(OperatorMessage message, Dialect dialect) {
    byte[] payload = write(message, dialect);
    if (dialect == Dialect.WAMR
        && message instanceof Start
        && payload.length > EmbeddedStart.MAX_BYTES) {
      throw EmbeddedStart.tooLong(payload.length);
    }
    if (payload.length > MAX_PACKET_BYTES - PACKET_OVERHEAD) {
      throw new EncodeException(
          "the message has %d bytes; a worker takes %d at most, and one that is larger takes all of them off the channel"
              .formatted(payload.length, MAX_PACKET_BYTES - PACKET_OVERHEAD));
    }
    return payload;
  }

  private static <M extends Message> byte[] write(M message, Dialect dialect) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = Writing.FACTORY.createGenerator(bytes)) {
      MessageCodecs.of(message).write(message, out, dialect);
    } catch (IOException e) {
      // Writing to memory fails for one reason only.
      throw new EncodeException("a text in the message holds half of a surrogate pair");
    }
    return bytes.toByteArray();
  }
}
