package io.propeller.benchmarks.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.Limits;
import io.propeller.mqtt.topic.Subtopic;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes a heartbeat, beside Jackson databind into a record that holds the same. */
final class CodecBenchmark implements Benchmark {

  /** The most garbage that is good enough, as a part of databind's. */
  private static final double GARBAGE_GOAL = 0.25;

  private static final byte[] ALIVE =
      "{\"proplet_id\":\"proplet-0042\",\"status\":\"alive\",\"namespace\":\"default\"}"
          .getBytes(UTF_8);

  /** What databind makes of a heartbeat. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Heartbeat(
      @JsonProperty("proplet_id") String propletId,
      @JsonProperty("status") Status status,
      @JsonProperty("namespace") @Nullable String namespace,
      @JsonProperty("channel_id") @Nullable String channelId,
      @JsonProperty("metadata") @Nullable Metadata metadata) {}

  /** Whether a worker is there, for databind. */
  enum Status {
    /** It is, and so is one that says anything but offline. */
    @JsonEnumDefaultValue
    @JsonProperty("alive")
    ALIVE,
    /** It is not. */
    @JsonProperty("offline")
    OFFLINE
  }

  /** What a worker says of itself, for databind. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Metadata(
      @JsonProperty("tags") @Nullable List<String> tags,
      @JsonProperty("wasm_runtime") @Nullable String wasmRuntime) {}

  @Override
  public String name() {
    return "codec";
  }

  @Override
  public String description() {
    return "heartbeats decoded per second, over Jackson databind's, with a quarter of its garbage";
  }

  @Override
  public double goal() {
    return 1.5;
  }

  /** Returns the ratio of the rates, or 0 if the garbage is more than it may be. */
  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    Codec codec = new Codec(Limits.DEFAULT);
    ObjectReader databind =
        new ObjectMapper()
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .readerFor(Heartbeat.class);
    Measurement.Task ours = () -> codec.decode(Subtopic.ALIVE, ALIVE);
    Measurement.Task theirs = () -> databind.readValue(ALIVE);
    Measurement.Pair pair = Measurement.compare(ours, theirs, effort);
    long ourGarbage = Measurement.garbage(ours);
    long theirGarbage = Measurement.garbage(theirs);
    double garbage = (double) ourGarbage / theirGarbage;
    out.printf("ours %.0f/s, databind %.0f/s%n", pair.ours(), pair.theirs());
    out.printf(
        "garbage per message %d B and %d B: ratio %.2f, at most %.2f%n",
        ourGarbage, theirGarbage, garbage, GARBAGE_GOAL);
    return garbage <= GARBAGE_GOAL ? pair.ratio() : 0;
  }
}
