package io.propeller.mqtt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Route;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateCodecTest extends CodecContract<Update> {

  private static final String MODULES_OWN =
      "{\"round_id\":\"r9\",\"proplet_id\":\"liar\",\"base_model_uri\":\"m\",\"num_samples\":3,"
          + "\"metrics\":{\"loss\":0.5,\"accuracy\":0.75},\"update\":{\"w\":[1,2],\"b\":0.1}}";

  @Override
  Subtopic<Update> kind() {
    return Subtopic.UPDATE;
  }

  @Override
  String minimalJson() {
    return "{\"round_id\":\"r1\",\"update_b64\":\"\"}";
  }

  @Override
  Update minimal() {
    return Update.builder().roundId(RoundId.of("r1")).payload(Bytes.empty()).build();
  }

  @Override
  String fullJson() {
    return """
    {"task_id":"t1","job_id":"j1","round_id":"r1","global_version":"3","proplet_id":"p1",
    "num_samples":100,"update_b64":"WzEsMl0=","format":"json-f64",
    "metrics":{"loss":0.5},"error":"half of it"}\
    """;
  }

  @Override
  Update full() {
    return Update.builder()
        .taskId(TaskId.of("t1"))
        .jobId("j1")
        .roundId(RoundId.of("r1"))
        .globalVersion("3")
        .propletId(PropletId.of("p1"))
        .numSamples(100)
        .payload(Bytes.copyOf("[1,2]".getBytes(UTF_8)))
        .format("json-f64")
        .putMetrics("loss", 0.5)
        .error("half of it")
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "update_b64",
        "{\"update_b64\":\"\"}", "round_id",
        "{\"round_id\":true,\"update_b64\":\"\"}", "round_id",
        "{\"round_id\":\"r\",\"update_b64\":\"AQ=I\"}", "update_b64",
        "{\"round_id\":\"r\",\"update_b64\":\"\",\"num_samples\":\"5\"}", "num_samples",
        "{\"round_id\":\"r\",\"update_b64\":\"\",\"num_samples\":0.5}", "num_samples");
  }

  @Test
  void readsTheRoundAsTextOrNumber() throws DecodeException {
    assertThat(decode("{\"round_id\":3,\"update_b64\":\"\"}").roundId()).isEqualTo(RoundId.of("3"));
    assertThat(decode("{\"round_id\":\"round-3\",\"update_b64\":\"\"}").roundId())
        .isEqualTo(RoundId.of("round-3"));
  }

  @Test
  void readsBase64WithEscapedSlashes() throws DecodeException {
    assertThat(decode("{\"round_id\":3,\"update_b64\":\"\\/\\/8=\"}").payload())
        .isEqualTo(Bytes.copyOf(new byte[] {-1, -1}));
  }

  @Test
  void readsTheModulesOwnFormWhole() throws DecodeException {
    Update update = decode(MODULES_OWN);

    assertThat(update.roundId()).isEqualTo(RoundId.of("r9"));
    assertThat(update.numSamples()).hasValue(3);
    assertThat(update.metrics()).containsEntry("loss", 0.5).containsEntry("accuracy", 0.75);
    assertThat(update.payload()).isEqualTo(Bytes.copyOf(MODULES_OWN.getBytes(UTF_8)));
  }

  @Test
  void trustsTheTopicOverWhatAModuleSaysOfItself() throws DecodeException {
    String topic = "m/d/c/c/fl/rounds/r1/updates/p1";
    Route route = Channel.of("d", "c").match(topic).orElseThrow();

    Update update = (Update) CODEC.decode(route, topic, MODULES_OWN.getBytes(UTF_8));

    assertThat(update.propletId()).contains(PropletId.of("p1"));
    assertThat(update.roundId()).isEqualTo(RoundId.of("r1"));
  }

  @Test
  void readsAnErrorWithoutAnUpdate() throws DecodeException {
    Update update = decode("{\"round_id\":\"r1\",\"proplet_id\":\"p1\",\"error\":\"no model\"}");

    assertThat(update.error()).contains("no model");
    assertThat(update.payload().isEmpty()).isTrue();
  }

  @Test
  void readsAnUpdateInsideEitherEnvelope() throws DecodeException {
    assertThat(decode("{\"update_envelope\":" + compact(fullJson()) + "}")).isEqualTo(full());
    assertThat(decode("{\"results\":{\"update_envelope\":" + compact(fullJson()) + "}}"))
        .isEqualTo(full());
  }
}
