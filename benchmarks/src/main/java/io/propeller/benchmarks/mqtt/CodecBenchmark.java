package io.propeller.benchmarks.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.Limits;
import io.propeller.mqtt.topic.Subtopic;
import java.io.PrintStream;

/** Decodes a heartbeat, beside Jackson databind into a record. */
final class CodecBenchmark implements Benchmark {

  private static final byte[] ALIVE =
      "{\"proplet_id\":\"proplet-0042\",\"status\":\"alive\",\"namespace\":\"default\"}"
          .getBytes(UTF_8);

  /** What databind makes of a heartbeat. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Heartbeat(
      @JsonProperty("proplet_id") String propletId,
      @JsonProperty("status") String status,
      @JsonProperty("namespace") String namespace) {}

  @Override
  public String name() {
    return "codec";
  }

  @Override
  public String description() {
    return "heartbeats decoded per second, over Jackson databind's";
  }

  @Override
  public double goal() {
    return 1.5;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    Codec codec = new Codec(Limits.DEFAULT);
    ObjectReader databind = new ObjectMapper().readerFor(Heartbeat.class);
    Measurement.Task ours = () -> codec.decode(Subtopic.ALIVE, ALIVE);
    Measurement.Task theirs = () -> databind.readValue(ALIVE);
    Measurement.Pair pair = Measurement.compare(ours, theirs, effort);
    out.printf(
        "ours %.0f/s, databind %.0f/s; garbage per message %d B and %d B%n",
        pair.ours(), pair.theirs(), Measurement.garbage(ours), Measurement.garbage(theirs));
    return pair.ratio();
  }
}
