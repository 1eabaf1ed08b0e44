package io.propeller.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tells it in a terminal: tables and bars are drawn over as they change. */
final class LiveScreen implements Screen {

  private static final int BAR = 40;

  private final PrintStream out;
  private int drawn;

  LiveScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void say(String line) {
    drawn = 0;
    out.println(line);
  }

  @Override
  public void table(List<String> header, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(rows);
    all.add(0, header);
    int[] widths =
        IntStream.range(0, header.size())
            .map(column -> all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder("  ");
      for (int column = 0; column < row.size(); column++) {
        line.append(String.format("%-" + (widths[column] + 2) + "s", row.get(column)));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.set(0, "\u001b[1m" + lines.get(0) + "\u001b[0m");
    draw(lines);
  }

  @Override
  public void progress(int done, int total, String rate) {
    int filled = done * BAR / total;
    draw(
        List.of(
            "  ["
                + "#".repeat(filled)
                + ".".repeat(BAR - filled)
                + "] "
                + done
                + "/"
                + total
                + (rate.isEmpty() ? "" : "  " + rate)));
    if (done == total) {
      drawn = 0;
    }
  }

  private void draw(List<String> lines) {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\u001b[J");
    }
    lines.forEach(out::println);
    out.flush();
    drawn = lines.size();
  }
}
