package io.propeller.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The demo as a user runs it: in a process of its own, with its output not in a terminal.
 *
 * @param exit its exit code
 * @param out what it said
 * @param err what it complained of
 */
record DemoProcess(int exit, String out, String err) {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  /** Returns what starts the demo. */
  static ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(ROOT.toFile());
  }

  static DemoProcess run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "demo", ".out");
    Path err = Files.createTempFile(folder, "demo", ".err");
    Process process =
        command(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        throw new AssertionError("the demo did not end: " + Files.readString(out));
      }
    } finally {
      process.destroyForcibly();
    }
    return new DemoProcess(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
