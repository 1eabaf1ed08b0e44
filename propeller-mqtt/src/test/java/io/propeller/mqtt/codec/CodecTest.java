package io.propeller.mqtt.codec;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CodecTest {

  private final Codec codec = new Codec(Limits.DEFAULT);

  @Test
  void aRefusalSaysWhyAndNotWhat() {
    byte[] payload = "{\"proplet_id\":{\"password\":\"hunter2\"}}".getBytes(UTF_8);

    DecodeException refusal = refusal(payload);

    assertThat(refusal.topic()).isEqualTo("control/proplet/alive");
    assertThat(refusal.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(refusal.position()).isBetween(14L, 16L);
    assertThat(refusal.length()).isEqualTo(payload.length);
    assertThat(refusal.digest()).isEqualTo(Hashing.sha256().hashBytes(payload).toString());
    assertThat(refusal).hasNoCause();
    assertThat(refusal.toString()).doesNotContain("hunter2").doesNotContain("password");
  }

  @Test
  void aRefusalOfBrokenJsonDoesNotQuoteIt() {
    DecodeException refusal = refusal("{\"proplet_id\":hunter2}".getBytes(UTF_8));

    assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal).hasNoCause();
    assertThat(refusal.toString()).doesNotContain("hunter2");
  }

  @Test
  void aRefusalLeavesNothingBehind() throws DecodeException {
    byte[] good = alive("\"namespace\":\"default\"");
    byte[] bad = alive("\"namespace\":7");

    DecodeException first = refusal(bad);
    codec.decode(Subtopic.ALIVE, good);
    codec.decode(Subtopic.ALIVE, (new String(good, UTF_8) + " \r\n\t").getBytes(UTF_8));
    refusal(Arrays.copyOf(good, 20));
    DecodeException again = refusal(bad);

    assertThat(again.position()).isEqualTo(first.position()).isBetween(30L, 31L);
    assertThat(again.field()).contains("namespace");
    assertThat(codec.decode(Subtopic.ALIVE, good).namespace()).contains("default");
  }

  @Test
  void manyStrangeNamesAreNoBurden() throws DecodeException {
    for (int i = 0; i < 2_000; i++) {
      StringBuilder names = new StringBuilder("\"n\":0");
      for (int j = 0; j < 100; j++) {
        names.append(",\"strange-").append(i).append('-').append(j).append("\":0");
      }

      assertThat(codec.decode(Subtopic.ALIVE, alive(names.toString())).propletId().value())
          .isEqualTo("p");
    }
  }

  @Test
  @Timeout(10)
  void manyWrongTypesInAnUpdateCostNoMoreThanOne() {
    byte[] json =
        ("{\"round_id\":\"r\",\"update_b64\":\"\"" + ",\"format\":{}".repeat(600_000) + "}")
            .getBytes(UTF_8);

    DecodeException refusal =
        catchThrowableOfType(DecodeException.class, () -> codec.decode(Subtopic.UPDATE, json));

    assertThat(refusal.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(refusal.field()).contains("format");
  }

  @Test
  void readsUtf8Only() {
    assertThat(refusal("{\"proplet_id\":\"p\"}".getBytes(UTF_16)).reason())
        .isEqualTo(Reason.MALFORMED);
    assertThat(refusal(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}).reason())
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void limitsNamesNumbersAndTexts() {
    assertThat(refusal(alive("\"" + "k".repeat(300) + "\":1")).reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(
            refusal(alive("\"metadata\":{\"total_memory_bytes\":" + "9".repeat(70) + "}")).reason())
        .isEqualTo(Reason.TOO_LONG);
    assertThat(refusal(alive("\"namespace\":\"" + "x".repeat(70_000) + "\"")).reason())
        .isEqualTo(Reason.TOO_LONG);
    assertThat(refusal(alive("\"proplet_id\":\"" + "x".repeat(257) + "\"")).reason())
        .isEqualTo(Reason.WRONG_VALUE);
  }

  @Test
  void limitsTheLengthByKind() {
    byte[] alive = alive("\"x\":\"" + "x".repeat(1 << 20) + "\"");
    DecodeException refusal = refusal(alive);

    assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void readsAnUpdateUpToItsLimit() throws DecodeException {
    Update update =
        Update.builder().roundId(RoundId.of("r")).payload(Bytes.wrap(new byte[6 << 20])).build();

    assertThat(codec.decode(Subtopic.UPDATE, Codec.encode(update))).isEqualTo(update);
  }

  @Test
  void refusesAnUpdateBeyondItsLimit() {
    Update update =
        Update.builder().roundId(RoundId.of("r")).payload(Bytes.wrap(new byte[7 << 20])).build();
    byte[] json = Codec.encode(update);

    DecodeException refusal =
        catchThrowableOfType(DecodeException.class, () -> codec.decode(Subtopic.UPDATE, json));

    assertThat(refusal.reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(refusal.field()).contains("update_b64");
  }

  @Test
  void aDialectFollowsTheRuntimeOfTheDiscovery() {
    assertThat(Dialect.of(Optional.of("wamr"))).isEqualTo(Dialect.WAMR);
    assertThat(Dialect.of(Optional.of("WAMR 2.1"))).isEqualTo(Dialect.WAMR);
    assertThat(Dialect.of(Optional.of("wasmtime 37"))).isEqualTo(Dialect.WASMTIME);
    assertThat(Dialect.of(Optional.empty())).isEqualTo(Dialect.WASMTIME);
  }

  @Test
  void everyKindHasACodec() {
    for (Subtopic<?> kind : Subtopic.all()) {
      assertThat(MessageCodecs.of(kind).kind()).isSameAs(kind);
    }
  }

  private static byte[] alive(String field) {
    return ("{\"proplet_id\":\"p\"," + field + "}").getBytes(UTF_8);
  }

  private DecodeException refusal(byte[] payload) {
    return catchThrowableOfType(
        DecodeException.class,
        () -> {
          Alive unused = codec.decode(Subtopic.ALIVE, payload);
        });
  }
}
