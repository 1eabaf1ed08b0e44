package io.propeller.mqtt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for the codec of every message, given the message as text. */
abstract class CodecContract<M extends Message> {

  static final Codec CODEC = new Codec(Limits.DEFAULT);

  abstract Subtopic<M> kind();

  /** The least that is a message. */
  abstract String minimalJson();

  abstract M minimal();

  /** A message with every key of the protocol. */
  abstract String fullJson();

  abstract M full();

  /** What we write for the full message; by default what we read. */
  String writtenJson() {
    return fullJson();
  }

  /** Messages that must be refused, and the key that the refusal names. */
  abstract Map<String, String> refused();

  @Test
  void readsTheLeast() throws DecodeException {
    assertThat(decode(minimalJson())).isEqualTo(minimal());
  }

  @Test
  void readsEveryKey() throws DecodeException {
    assertThat(decode(fullJson())).isEqualTo(full());
  }

  @Test
  void writesEveryKey() {
    assertThat(new String(encode(full()), UTF_8)).isEqualTo(compact(writtenJson()));
  }

  @Test
  void readsWhatItWrites() throws DecodeException {
    assertThat(CODEC.decode(kind(), encode(minimal()))).isEqualTo(minimal());
    assertThat(CODEC.decode(kind(), encode(full()))).isEqualTo(full());
  }

  @Test
  void ignoresUnknownKeys() throws DecodeException {
    String unknown = "{\"unknown\":{\"a\":[1,{\"b\":null}],\"c\":\"\\u00e9\"},\"other\":null,";

    assertThat(decode(fullJson().replaceFirst("\\{", unknown.replace("\\", "\\\\"))))
        .isEqualTo(full());
  }

  @Test
  void refusesEveryTruncation() {
    byte[] whole = compact(fullJson()).getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      DecodeException refusal = refusal(part);
      assertThat(refusal).as("the first %d bytes", length).isNotNull();
      assertThat(refusal.reason()).as("the first %d bytes", length).isEqualTo(Reason.MALFORMED);
      assertThat(refusal.position()).isLessThanOrEqualTo(length);
    }
  }

  @Test
  void refusesWhatIsTooDeep() {
    String deep = "{\"unknown\":" + "[".repeat(40) + "]".repeat(40) + ",";

    assertThat(refusal(fullJson().replaceFirst("\\{", deep)).reason()).isEqualTo(Reason.TOO_DEEP);
  }

  @Test
  void refusesWhatIsTooLarge() {
    String large = fullJson() + " ".repeat(Limits.DEFAULT.updateBytes());

    assertThat(refusal(large).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void refusesWhatFollowsTheMessage() {
    assertThat(refusal(minimalJson() + "{}").reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void refusesWhatIsNoObject() {
    for (String other : new String[] {"[]", "null", "1", "\"text\"", "true"}) {
      assertThat(refusal(other).reason()).as(other).isEqualTo(Reason.WRONG_TYPE);
    }
  }

  @Test
  void namesTheKeyThatIsWrong() {
    refused()
        .forEach(
            (json, field) -> {
              DecodeException refusal = refusal(json);
              assertThat(refusal).as(json).isNotNull();
              assertThat(refusal.field().orElse("")).as(json).isEqualTo(field);
              assertThat(refusal.reason())
                  .as(json)
                  .isIn(Reason.MISSING, Reason.WRONG_TYPE, Reason.WRONG_VALUE, Reason.TOO_LONG);
            });
  }

  M decode(String json) throws DecodeException {
    return CODEC.decode(kind(), json.getBytes(UTF_8));
  }

  DecodeException refusal(String json) {
    return refusal(json.getBytes(UTF_8));
  }

  private DecodeException refusal(byte[] json) {
    return catchThrowableOfType(DecodeException.class, () -> CODEC.decode(kind(), json));
  }

  static byte[] encode(Message message) {
    return message instanceof OperatorMessage toWorker
        ? Codec.encode(toWorker, Dialect.WASMTIME)
        : Codec.encode((WorkerMessage) message);
  }

  /** The JSON without the white space that makes it readable here. */
  static String compact(String json) {
    return json.replaceAll("\\n\\s*", "");
  }
}
