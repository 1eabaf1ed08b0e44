package io.propeller.demo;

import java.util.List;

/** Tells what happens. Not safe for use by several threads. */
interface Screen {

  /** Says something, once. */
  void say(String line);

  /** Shows how things are; what is shown again replaces what was shown before. */
  void table(List<String> header, List<List<String>> rows);

  /** Shows how much of a work is done. */
  void progress(int done, int total, String rate);
}
