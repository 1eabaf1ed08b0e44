package io.propeller.benchmarks;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the benchmarks, or runs one. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the benchmarks, or runs one and compares its ratio with its goal.")
public final class Main implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "the benchmark to run")
  private Optional<String> name = Optional.empty();

  @Option(names = "--quick", description = "take less than a minute")
  private boolean quick;

  private Main() {}

  /** Runs the command line and ends the JVM: 0 goal met, 1 goal missed, 2 bad usage. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (name.isEmpty()) {
      Benchmarks.ALL.forEach(
          benchmark -> System.out.printf("%-22s %s%n", benchmark.name(), benchmark.description()));
      return 0;
    }
    Optional<Benchmark> benchmark = Benchmarks.named(name.get());
    if (benchmark.isEmpty()) {
      System.err.printf("no benchmark '%s': benchmarks/run lists them%n", name.get());
      return 2;
    }
    return measure(benchmark.get());
  }

  private int measure(Benchmark benchmark) throws Exception {
    Machine.print(System.out);
    double ratio = benchmark.run(quick ? Effort.QUICK : Effort.FULL, System.out);
    System.out.printf(
        Locale.ROOT, "%s ratio=%.2f goal=%.2f%n", benchmark.name(), ratio, benchmark.goal());
    return ratio >= benchmark.goal() ? 0 : 1;
  }
}
