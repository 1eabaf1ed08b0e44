package io.propeller.benchmarks.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs in a JVM of their own, with the flags of the operator's image. */
final class Jvm {

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MinHeapFreeRatio=25",
          "-XX:MaxHeapFreeRatio=30",
          // As of a container of 384 MiB.
          "-Xms64m",
          "-Xmx192m",
          "-Xss512k",
          "-XX:-UsePerfData",
          "-Dlogback.configurationFile=benchmarks-logback.xml");

  private Jvm() {}

  /** Starts a program of this one's class path. */
  static Process start(
      Path kubeconfig, ProcessBuilder.Redirect output, String mainClass, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return builder.start();
  }

  /** Ends one, and returns when it has ended. */
  static void end(Process process) {
    process.destroy();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
