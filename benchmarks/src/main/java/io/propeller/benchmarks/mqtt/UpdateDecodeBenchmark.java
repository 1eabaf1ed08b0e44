package io.propeller.benchmarks.mqtt;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.Limits;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.topic.Subtopic;
import java.io.PrintStream;
import java.util.Base64;
import java.util.SplittableRandom;

/** Decodes an update of ten million float32, beside the JDK's base64 decoder alone. */
final class UpdateDecodeBenchmark implements Benchmark {

  private static final int BYTES = 40_000_000;

  @Override
  public String name() {
    return "update-decode";
  }

  @Override
  public String description() {
    return "updates of 10 M float32 decoded per second, over Base64.getDecoder's";
  }

  @Override
  public double goal() {
    return 0.5;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    byte[] payload = new byte[BYTES];
    new SplittableRandom(1).nextBytes(payload);
    byte[] base64 = Base64.getEncoder().encode(payload);
    byte[] json =
        Codec.encode(
            Update.builder().roundId(RoundId.of("r")).payload(Bytes.wrap(payload)).build());
    Codec codec =
        new Codec(new Limits(json.length, json.length, 1 << 16, json.length, 32, 256, 64));
    Measurement.Pair pair =
        Measurement.compare(
            () -> codec.decode(Subtopic.UPDATE, json),
            () -> Base64.getDecoder().decode(base64),
            effort);
    out.printf("ours %.1f/s, base64 alone %.1f/s%n", pair.ours(), pair.theirs());
    return pair.ratio();
  }
}
