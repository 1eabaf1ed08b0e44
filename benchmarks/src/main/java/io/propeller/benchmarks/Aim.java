package io.propeller.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Says whether a figure that is no ratio is what we want it to be. */
public final class Aim {

  private Aim() {}

  /** Prints a figure that is to be this large at least. */
  public static void atLeast(PrintStream out, String what, double measured, double aim) {
    print(out, what, measured, aim, measured >= aim);
  }

  /** Prints a figure that is to be this large at most. */
  public static void atMost(PrintStream out, String what, double measured, double aim) {
    print(out, what, measured, aim, measured <= aim);
  }

  private static void print(
      PrintStream out, String what, double measured, double aim, boolean met) {
    out.printf(
        Locale.ROOT, "aim: %s %,.1f, of %,.1f: %s%n", what, measured, aim, met ? "met" : "missed");
  }
}
