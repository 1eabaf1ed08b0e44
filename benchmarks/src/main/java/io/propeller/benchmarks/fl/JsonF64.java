package io.propeller.benchmarks.fl;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.fl.update.DecodeLimits;
import io.propeller.fl.update.JsonNumberArray;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Reading a JSON array of doubles; checks each against {@link Double#parseDouble}. */
final class JsonF64 implements Benchmark {
  private static final int NUMBERS = 200_000;

  @Override
  public String name() {
    return "json-f64";
  }

  @Override
  public String description() {
    return "200,000 doubles of 17 digits from JSON, by Jackson databind to double[]";
  }

  @Override
  public double goal() {
    return 4;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    double[] numbers = random.doubles(NUMBERS).map(any -> random.nextGaussian() / 20).toArray();
    byte[] json = Arrays.toString(numbers).replace(" ", "").getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(JsonNumberArray.parse(json, DecodeLimits.defaults()), numbers)) {
      throw new IllegalStateException("a number was not read as Double.parseDouble reads it");
    }
    ObjectMapper databind = new ObjectMapper();
    return Race.speed(
        effort,
        out,
        "Jackson databind",
        () -> databind.readValue(json, double[].class),
        "json-f64",
        () -> JsonNumberArray.parse(json, DecodeLimits.defaults()));
  }
}
