package io.propeller.benchmarks.mqtt;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.testkit.mqtt.Mosquitto;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/**
 * Results from a worker to the operator through Mosquitto, beside the HiveMQ client alone with the
 * same bytes. Ours encodes and decodes them, and acknowledges each when it has been handled.
 */
final class ClientBenchmark implements Benchmark {

  /** How many messages may be on their way at once. */
  static final int WINDOW = 1000;

  /** How many messages there are in a turn: few, so that what disturbs one disturbs the other. */
  private static final int MESSAGES = 5_000;

  /** How many turns come before the first that counts. */
  private static final int WARM_UP = 30;

  /** One end that sends and one that receives. */
  interface Contender extends AutoCloseable {

    /** Sends a number of messages, and returns when all have been received. */
    void run(int messages) throws Exception;

    @Override
    void close();
  }

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public String description() {
    return "results per second through Mosquitto at QoS 1, over the HiveMQ client's alone";
  }

  @Override
  public double goal() {
    return 0.9;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    int turns = effort == Effort.QUICK ? 31 : 151;
    // What is to be compared is the clients, not the disk.
    try (Mosquitto broker = Mosquitto.start(List.of("persistence false"));
        Contender ours = new Channels(broker.address());
        Contender bare = new BareClients(broker.address())) {
      double[] ourRates = new double[turns];
      double[] bareRates = new double[turns];
      double[] ratios = new double[turns];
      for (int turn = -WARM_UP; turn < turns; turn++) {
        double ourRate = rate(ours);
        double bareRate = rate(bare);
        if (turn >= 0) {
          ourRates[turn] = ourRate;
          bareRates[turn] = bareRate;
          ratios[turn] = ourRate / bareRate;
        }
      }
      out.printf("ours %.0f/s, bare %.0f/s%n", median(ourRates), median(bareRates));
      return median(ratios);
    }
  }

  private static double rate(Contender contender) throws Exception {
    long start = System.nanoTime();
    contender.run(MESSAGES);
    return MESSAGES * 1e9 / (System.nanoTime() - start);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
