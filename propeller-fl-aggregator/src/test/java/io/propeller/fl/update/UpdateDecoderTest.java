package io.propeller.fl.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.propeller.fl.model.ElementType;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.PackedValues;
import io.propeller.fl.model.Part;
import io.propeller.fl.update.Refusal.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpdateDecoderTest {
  private static final ModelShape W_AND_B = ModelShape.of(Part.of("/w", 3), Part.of("/b"));

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static DecodedUpdate decode(String json) throws UpdateRefusedException {
    return decode(json, Optional.empty());
  }

  private static DecodedUpdate decode(String json, Optional<ModelShape> expected)
      throws UpdateRefusedException {
    UpdateEnvelope envelope =
        UpdateEnvelope.decode(json.getBytes(StandardCharsets.UTF_8), DecodeLimits.defaults());
    return new UpdateDecoder(DecodeLimits.defaults()).decode(envelope, expected);
  }

  private static Refusal refusal(String json) {
    return catchThrowableOfType(UpdateRefusedException.class, () -> decode(json)).refusal();
  }

  private static String envelope(String format, byte[] update, String more) {
    return "{\"update_b64\":\"" + base64(update) + "\",\"format\":\"" + format + "\"" + more + "}";
  }

  @Test
  void theWholeEnvelopeIsRead() throws UpdateRefusedException {
    String json =
        "{\"task_id\":\"t-1\",\"job_id\":\"j\",\"round_id\":\"round-3\",\"global_version\":2,\"proplet_id\":\"p1\","
            + "\"num_samples\":128,\"update_b64\":\""
            + base64("[0.5,-1,2]")
            + "\",\"format\":\"json-f64\","
            + "\"metrics\":{\"loss\":0.25,\"accuracy\":0.9,\"f1\":1},\"new_key\":{\"x\":[1]}}";
    UpdateEnvelope envelope =
        UpdateEnvelope.decode(json.getBytes(StandardCharsets.UTF_8), DecodeLimits.defaults());

    assertThat(envelope.roundId()).contains("round-3");
    assertThat(envelope.propletId()).contains("p1");
    assertThat(envelope.numSamples()).hasValue(128);
    assertThat(envelope.metrics())
        .isEqualTo(new TrainingMetrics(OptionalDouble.of(0.25), OptionalDouble.of(0.9)));
    assertThat(decode(json).values().toArray()).containsExactly(0.5, -1, 2);
  }

  @Test
  void anEnvelopeMayBeNestedOnceOrTwice() throws UpdateRefusedException {
    String inner = "{\"round_id\":3,\"num_samples\":7,\"update_b64\":\"" + base64("[1]") + "\"}";
    for (String json :
        new String[] {
          "{\"update_envelope\":" + inner + "}",
          "{\"results\":{\"update_envelope\":" + inner + "},\"error\":null}",
          "{\"task_id\":\"x\",\"results\":" + inner + "}"
        }) {
      UpdateEnvelope envelope =
          UpdateEnvelope.decode(json.getBytes(StandardCharsets.UTF_8), DecodeLimits.defaults());
      assertThat(envelope.roundId()).contains("3");
      assertThat(envelope.numSamples()).hasValue(7);
      assertThat(decode(json).values().toArray()).containsExactly(1);
    }
  }

  @Test
  void theModulesOwnJsonIsRead() throws UpdateRefusedException {
    DecodedUpdate update =
        decode(
            "{\"round_id\":\"r\",\"proplet_id\":\"p\",\"base_model_uri\":\"fl/models/global_model_v0\",\"num_samples\":512,"
                + "\"metrics\":{\"loss\":0.5,\"accuracy\":0.75},\"update\":{\"w\":[0.1,0.2,0.3],\"b\":0.4}}");

    assertThat(update.shape()).isEqualTo(W_AND_B);
    assertThat(update.values().toArray()).containsExactly(0.4, 0.1, 0.2, 0.3);
    assertThat(update.numSamples()).isEqualTo(OptionalLong.of(512));
  }

  @Test
  void whatTheRustWorkersModulePrintedIsReadUpToItsLogLines() throws UpdateRefusedException {
    String printed =
        """
        {"round_id":"other","proplet_id":"liar","num_samples":512,"metrics":{"loss":0.5,"accuracy":0.75},
         "update":{"w":[1,2,3],"b":4}}
        [info] trained 3 epochs
        """;
    String json =
        "{\"round_id\":\"round-1\",\"proplet_id\":\"p1\",\"num_samples\":64,\"format\":\"f32-delta\",\"metrics\":{},"
            + "\"update_b64\":\""
            + base64(printed)
            + "\"}";
    DecodedUpdate update = decode(json);

    assertThat(update.format()).isEqualTo(UpdateFormat.JSON_F64);
    assertThat(update.values().toArray()).containsExactly(4, 1, 2, 3);
    assertThat(update.numSamples()).as("the envelope's goes first").hasValue(64);
    assertThat(update.metrics())
        .isEqualTo(new TrainingMetrics(OptionalDouble.of(0.5), OptionalDouble.of(0.75)));
    assertThat(decode(json.replace("\"num_samples\":64,", "")).numSamples()).hasValue(512);
  }

  @Test
  void rawFloatsAreReadWithTheShapeOfTheModelOrTheirOwn() throws UpdateRefusedException {
    byte[] raw = PackedValues.pack(new float[] {1, 2, 3, 4}).bytes();

    assertThat(decode(envelope("f32", raw, ""), Optional.of(W_AND_B)).shape()).isEqualTo(W_AND_B);
    assertThat(decode(envelope("f32-delta", raw, "")).shape()).isEqualTo(ModelShape.vector(4));
    DecodedUpdate named = decode(envelope("f32", raw, ",\"shape\":{\"w\":[3],\"b\":[]}"));
    assertThat(named.shape()).isEqualTo(W_AND_B);
    assertThat(named.values().toArray()).as("parts by name").containsExactly(4, 1, 2, 3);
    assertThat(named.values().type()).isEqualTo(ElementType.FLOAT32);
  }

  @Test
  void rawFloatsThatBeginLikeJsonAreStillRead() throws UpdateRefusedException {
    for (byte first : new byte[] {'[', '{', ' ', '\n'}) {
      byte[] raw = {first, '[', 0, 1, 0, 0, 0, 0};
      assertThat(decode(envelope("f32-delta", raw, "")).format()).isEqualTo(UpdateFormat.F32);
    }
  }

  @Test
  void rawDoublesAndInt8AreRead() throws UpdateRefusedException {
    assertThat(
            decode(envelope("f64", PackedValues.pack(new double[] {0.1, -2}).bytes(), ""))
                .values()
                .toArray())
        .containsExactly(0.1, -2);
    assertThat(
            decode(envelope("int8", new byte[] {-128, 0, 127}, ",\"scale\":0.5"))
                .values()
                .toArray())
        .containsExactly(-64, 0, 63.5);
  }

  @Test
  void halvesAreWidenedExactly() throws UpdateRefusedException {
    // 1, -2, the largest, the smallest subnormal, one third rounded; from IEEE 754-2008, table 3.5
    int[] halves = {0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555};
    byte[] raw = new byte[2 * halves.length];
    for (int i = 0; i < halves.length; i++) {
      raw[2 * i] = (byte) halves[i];
      raw[2 * i + 1] = (byte) (halves[i] >> 8);
    }
    assertThat(decode(envelope("f16", raw, "")).values().toArray())
        .containsExactly(1, -2, 65504, 0x1p-24, 0.333251953125);
    assertThat(Narrow.toFloat(0x7c00)).isInfinite();
    assertThat(Narrow.toFloat(0x7e00)).isNaN();
  }

  @Test
  void whatCannotBeReadIsRefusedWithItsReason() {
    byte[] bytes = {1, 2, 3, 4, 5};
    assertThat(refusal("[1]").reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal("{\"round_id\":").reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal("{}").detail()).contains("update_b64");
    assertThat(refusal(envelope("bf16", bytes, "")).detail()).contains("bf16").contains("json-f64");
    assertThat(refusal(envelope("f32", bytes, "")).reason()).isEqualTo(Reason.FORMAT);
    assertThat(refusal(envelope("int8", bytes, "")).detail()).contains("scale");
    assertThat(refusal(envelope("int8", bytes, ",\"scale\":1,\"shape\":[4]")).reason())
        .isEqualTo(Reason.SHAPE);
    assertThat(refusal(envelope("json-f64", bytes, "")).reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal(envelope("json-f64", "[]".getBytes(StandardCharsets.UTF_8), "")).reason())
        .isEqualTo(Reason.SHAPE);
    assertThat(refusal("{\"update_b64\":\"$$$\"}").reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal("{\"num_samples\":1.5}").detail()).contains("num_samples");
    assertThat(refusal("{\"shape\":[-1],\"update_b64\":\"AAAA\"}").detail()).contains("negative");
    assertThat(refusal("{\"update\":{\"w\":\"x\"}}").reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void theLimitsHold() {
    DecodeLimits limits =
        DecodeLimits.builder()
            .maxMessageBytes(200)
            .maxDepth(4)
            .maxNumberLength(8)
            .maxNameLength(12)
            .maxStringLength(40)
            .maxValues(3)
            .build();
    assertRefused(limits, "{\"x\":\"" + "y".repeat(200) + "\"}", Reason.TOO_LARGE);
    assertRefused(limits, "{\"x\":[[[[[1]]]]]}", Reason.MALFORMED);
    assertRefused(limits, "{\"update\":[123456789]}", Reason.MALFORMED);
    assertRefused(limits, "{\"" + "k".repeat(13) + "\":1}", Reason.MALFORMED);
    assertRefused(limits, "{\"update\":[1,2,3,4]}", Reason.MALFORMED);
    assertRefused(limits, "{\"update_b64\":\"" + "A".repeat(48) + "\"}", Reason.MALFORMED);
    assertRefused(limits, "{\"update_b64\":\"" + base64(new byte[16]) + "\"}", Reason.TOO_LARGE);
  }

  private static void assertRefused(DecodeLimits limits, String json, Reason reason) {
    UpdateRefusedException thrown =
        catchThrowableOfType(
            UpdateRefusedException.class,
            () ->
                new UpdateDecoder(limits)
                    .decode(
                        UpdateEnvelope.decode(json.getBytes(StandardCharsets.UTF_8), limits),
                        Optional.empty()));
    assertThat(thrown.refusal().reason()).as(json).isEqualTo(reason);
  }

  @Test
  void noBytesMakeItFailInAnotherWay() {
    String good =
        "{\"results\":{\"round_id\":\"round-1\",\"num_samples\":64,\"format\":\"f32-delta\",\"metrics\":{\"loss\":1},"
            + "\"scale\":1,\"shape\":{\"w\":[1]},\"update\":{\"w\":[1,[2]],\"b\":4},\"update_b64\":\""
            + base64("[1,{}]")
            + "\"}}";
    Random random = new Random(3);
    UpdateDecoder decoder = new UpdateDecoder(DecodeLimits.defaults());
    for (int i = 0; i < 20_000; i++) {
      byte[] message = good.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        message[random.nextInt(message.length)] =
            (byte) "{}[]:,\"0123456789eE+-.ntfwb\u0000".charAt(random.nextInt(28));
      }
      byte[] cut =
          Arrays.copyOf(
              message, random.nextInt(8) == 0 ? random.nextInt(message.length) : message.length);
      try {
        decoder.decode(UpdateEnvelope.decode(cut, DecodeLimits.defaults()), Optional.of(W_AND_B));
      } catch (UpdateRefusedException expected) {
        assertThat(expected.refusal().detail()).hasSizeLessThan(400);
      }
    }
  }
}
