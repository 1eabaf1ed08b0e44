package io.propeller.demo;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;

/** Tells what happens. Not safe for use by several threads. */
interface Screen {

  /** Returns one that draws in a terminal, and writes lines to anything else. */
  static Screen of(PrintStream out) {
    return CommandLine.Help.Ansi.AUTO.enabled() ? new LiveScreen(out) : new PlainScreen(out);
  }

  /** Says something, once. */
  void say(String line);

  /** Shows how things are; what is shown again replaces what was shown before. */
  void table(List<String> header, List<List<String>> rows);

  /** Shows how much of a work is done. */
  void progress(int done, int total, String rate);
}
