package io.propeller.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a figure was measured on. */
final class Machine {

  private Machine() {}

  static void print(PrintStream out) {
    Runtime runtime = Runtime.getRuntime();
    out.printf(
        "machine: %d cores, %s, %s %s %s%n",
        runtime.availableProcessors(),
        processor(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"));
    out.printf(
        "java: %s %s, heap %d MiB%n",
        System.getProperty("java.vm.name"), Runtime.version(), runtime.maxMemory() >> 20);
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("processor unknown");
    } catch (IOException e) {
      return "processor unknown";
    }
  }
}
