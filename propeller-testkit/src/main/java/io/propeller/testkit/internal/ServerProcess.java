package io.propeller.testkit.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own that does not outlive this JVM, however that ends.
 *
 * <p>A shell stands between the two and reads from this JVM. When that input ends, because of
 * {@link #close} or because the JVM is gone, it kills the server and deletes the server's folder.
 * Needs a POSIX {@code sh}. Not thread-safe.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration EXIT_LIMIT = Duration.ofSeconds(20);
  private static final int LOG_TAIL_LINES = 12;

  // The folder goes only when the server is reaped, or the server might write into it again. The
  // shell forks the server with file descriptor 3 closed, so that only the watcher holds the input.
  private static final String GUARD =
      """
      folder=$1 log=$2; shift 2
      exec 3<&0; gone=; trap gone=1 USR1
      "$@" </dev/null >>"$log" 2>&1 3<&- & server=$!
      (read _ <&3; kill -USR1 $$; kill -9 $server) >/dev/null 2>&1 & watcher=$!
      echo $server
      exec >/dev/null 2>&1
      while kill -0 $server; do wait $server; done
      kill -9 $watcher
      [ -z "$gone" ] || rm -rf "$folder"
      """;

  private final String name;
  private final Path log;
  private final Process guard;
  private final long pid;
  // Empty if the server ended before it could be looked at.
  private final Optional<ProcessHandle> server;

  private ServerProcess(String name, Path log, Process guard, long pid) {
    this.name = name;
    this.log = log;
    this.guard = guard;
    this.pid = pid;
    this.server = ProcessHandle.of(pid);
  }

  /**
   * Starts a program.
   *
   * @param name what to call it in messages; its log is {@code name.log} in the folder
   * @param folder where it keeps its data; deleted by {@link #close} and when this JVM ends
   * @param command the program and its arguments
   * @throws IllegalStateException if it cannot be started
   */
  public static ServerProcess start(String name, Path folder, List<String> command) {
    Path log = folder.resolve(name + ".log");
    List<String> guarded =
        new ArrayList<>(List.of("sh", "-c", GUARD, "sh", folder.toString(), log.toString()));
    guarded.addAll(command);
    try {
      Process guard =
          new ProcessBuilder(guarded).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII));
      String pid = output.readLine();
      if (pid == null) {
        throw new IllegalStateException(name + " did not start: " + command + tail(log));
      }
      return new ServerProcess(name, log, guard, Long.parseLong(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " did not start: " + command, e);
    }
  }

  /** Returns whether the server runs. */
  public boolean isAlive() {
    return guard.isAlive();
  }

  /** Returns the server's process id, not the shell's. */
  public long pid() {
    return pid;
  }

  /** Kills the server with SIGKILL and waits until it is gone; its folder stays. */
  public void kill() {
    server.ifPresent(ProcessHandle::destroyForcibly);
    awaitExit();
  }

  /** Asks the server with SIGTERM to end and waits until it has; its folder stays. */
  public void terminate() {
    server.ifPresent(ProcessHandle::destroy);
    awaitExit();
  }

  /** Kills the server if it runs, and deletes its folder if it ran. */
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitExit();
  }

  /**
   * Waits until {@code ready} holds; fails at once, with the end of the log, if the server ends.
   */
  public void awaitReady(Duration limit, java.util.function.BooleanSupplier ready) {
    Await.until(
        limit, () -> !isAlive() || ready.getAsBoolean(), () -> name + " is not ready" + tail(log));
    if (!isAlive()) {
      throw new IllegalStateException(name + " ended" + tail(log));
    }
  }

  private void awaitExit() {
    try {
      if (!guard.waitFor(EXIT_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            name + " (process " + pid + ") does not end within " + EXIT_LIMIT.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ends", e);
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return "; its log ends:\n"
          + String.join(
              "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "; it has no log: " + e.getMessage();
    }
  }
}
