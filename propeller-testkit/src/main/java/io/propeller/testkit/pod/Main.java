package io.propeller.testkit.pod;

import io.propeller.testkit.proplet.WasmProplet;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The program of the proplet's image.
 *
 * <p>Without arguments it is the worker that its environment describes, as the Deployment of a
 * Proplet sets it, until it is told to end. With the name of a sample module and inputs ({@code add
 * 10 32}) it is a Job: it calls the module and leaves the result as its termination message.
 *
 * <p>What is wrong is one line on standard error and in the termination message, and exit code 1.
 */
public final class Main {

  private static final Path TERMINATION_MESSAGE = Path.of("/dev/termination-log");

  private Main() {}

  /** Runs the worker, or the call that the arguments describe. */
  public static void main(String[] arguments) throws InterruptedException {
    TerminationMessage message = new TerminationMessage(TERMINATION_MESSAGE);
    if (arguments.length > 0) {
      System.exit(new SampleCall(message).run(List.of(arguments), System.getenv()));
    }
    try {
      WasmProplet proplet = WasmProplet.start(PropletVariables.read(System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(proplet::close, "shutdown"));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("proplet: " + e.getMessage());
      message.leave(String.valueOf(e.getMessage()));
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }
}
