package io.propeller.demo;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells it in lines that stay: each row that is new, and each tenth of a work. */
final class PlainScreen implements Screen {

  private final PrintStream out;
  private final Set<List<String>> told = new HashSet<>();
  private int tenths;

  PlainScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void say(String line) {
    out.println(line);
  }

  @Override
  public void table(List<String> header, List<List<String>> rows) {
    for (List<String> row : rows) {
      if (told.add(row)) {
        out.println(
            "  " + row.stream().filter(cell -> !cell.isEmpty()).collect(Collectors.joining("  ")));
      }
    }
  }

  @Override
  public void progress(int done, int total, String rate) {
    int reached = done * 10 / total;
    if (reached > tenths) {
      tenths = reached;
      out.printf("  %d of %d%s%n", done, total, rate.isEmpty() ? "" : ", " + rate);
    }
  }
}
