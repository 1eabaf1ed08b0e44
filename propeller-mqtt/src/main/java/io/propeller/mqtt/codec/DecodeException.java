package io.propeller.mqtt.codec;

import java.util.Optional;

/** Says why a message was refused, and never what it says. */
public final class DecodeException extends Exception {

  private static final long serialVersionUID = 1;

  /** Why a message was refused. */
  public enum Reason {
    /** It came on a topic that is not one of the channel. */
    UNKNOWN_TOPIC,
    /** It has more bytes than one of its kind may have. */
    TOO_LARGE,
    /** It is nested too deep. */
    TOO_DEEP,
    /** A text, a name or a number in it is too long. */
    TOO_LONG,
    /** It is not JSON in UTF-8, or ends too early. */
    MALFORMED,
    /** A key that it must have is absent or null. */
    MISSING,
    /** A key has a value of another type. */
    WRONG_TYPE,
    /** A key has a value that is not allowed. */
    WRONG_VALUE
  }

  /** Why. */
  private final Reason reason;

  /** On which topic. */
  private final String topic;

  /** The key, in the words of the protocol; empty for none. */
  private final String field;

  /** The byte, from 0. */
  private final long position;

  /** The message's length, in bytes. */
  private final int length;

  /** The message's digest. */
  private final String digest;

  /**
   * Makes the refusal of a message.
   *
   * @param reason why
   * @param topic the topic that it came on
   * @param field the key of the protocol that the reason is about, empty if it is about the whole
   * @param position the byte of the message at which decoding ended, from 0
   * @param payload the message; only its length and digest are kept
   */
  public DecodeException(Reason reason, String topic, String field, long position, byte[] payload) {
    super(null, null, false, false);
    this.reason = reason;
    this.topic = topic;
    this.field = field;
    this.position = position;
    this.length = payload.length;
    this.digest = Digests.of(payload);
  }

  /** Returns why the message was refused. */
  public Reason reason() {
    return reason;
  }

  /** Returns the topic that the message came on. */
  public String topic() {
    return topic;
  }

  /**
   * Returns the key of the protocol that the reason is about, as a path with dots; nothing if it is
   * about the whole.
   */
  public Optional<String> field() {
    return field.isEmpty() ? Optional.empty() : Optional.of(field);
  }

  /** Returns the byte of the message at which decoding ended, from 0. */
  public long position() {
    return position;
  }

  /** Returns the message's length, in bytes. */
  public int length() {
    return length;
  }

  /** Returns the SHA-256 of the message, as lower-case hexadecimal digits. */
  public String digest() {
    return digest;
  }

  @Override
  public String getMessage() {
    return "refused a message on %s: %s%s at byte %d of %d (sha256 %s)"
        .formatted(topic, reason, field.isEmpty() ? "" : " " + field, position, length, digest);
  }
}
