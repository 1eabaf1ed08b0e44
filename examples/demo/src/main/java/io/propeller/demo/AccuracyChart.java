package io.propeller.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws accuracies over rounds, as SVG. Lines differ in colour and in stroke, so that they can be
 * told apart in print and by those who see few colours.
 *
 * @param title what is shown
 * @param subtitle under which circumstances
 * @param pooled the accuracy that training on all data at once reaches, from 0 to 1
 */
record AccuracyChart(String title, String subtitle, double pooled) {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 64;
  private static final int TOP = 72;
  private static final int RIGHT = 548;
  private static final int BOTTOM = 368;

  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");
  private static final List<String> STROKES = List.of("none", "8 3", "2 3", "10 3 2 3");

  /** Draws the curves; the picture is as wide as the longest of them needs. */
  String svg(List<Curve> curves) {
    int rounds = curves.stream().mapToInt(curve -> curve.accuracies().size() - 1).max().orElse(0);
    List<String> parts = new ArrayList<>();
    parts.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT)
            + " font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">");
    parts.add("<title>" + escaped(title) + "</title>");
    parts.add("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    parts.add(text(LEFT, 28, "start", title, " font-size=\"17\" font-weight=\"bold\""));
    parts.add(text(LEFT, 48, "start", subtitle, " fill=\"#555\""));
    parts.addAll(grid(rounds));
    for (int i = 0; i < curves.size(); i++) {
      parts.addAll(curve(curves.get(i), i, rounds));
    }
    parts.addAll(pooledLine(curves.size()));
    parts.add("</svg>");
    return String.join("\n", parts) + "\n";
  }

  private static List<String> grid(int rounds) {
    List<String> parts = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent += 20) {
      double y = y(percent / 100.0);
      parts.add(line(LEFT, y, RIGHT, y, " stroke=\"#ddd\""));
      parts.add(text(LEFT - 8, y + 4, "end", percent + " %", ""));
    }
    int step = Math.max(1, rounds / 10);
    for (int round = 0; round <= rounds; round += step) {
      parts.add(text(x(round, rounds), BOTTOM + 20, "middle", String.valueOf(round), ""));
    }
    parts.add(text((LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", "round", " fill=\"#555\""));
    return parts;
  }

  private static List<String> curve(Curve curve, int index, int rounds) {
    String colour = COLOURS.get(index % COLOURS.size());
    String stroke = STROKES.get(index % STROKES.size());
    List<Double> values = curve.accuracies();
    String points =
        IntStream.range(0, values.size())
            .mapToObj(round -> number(x(round, rounds)) + "," + number(y(values.get(round))))
            .collect(Collectors.joining(" "));
    List<String> parts = new ArrayList<>();
    parts.add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" stroke-dasharray=\"%s\"/>"
            .formatted(points, colour, stroke));
    parts.addAll(
        entry(
            index,
            "stroke=\"%s\" stroke-width=\"2.5\" stroke-dasharray=\"%s\"".formatted(colour, stroke),
            curve.name(),
            curve.last()));
    return parts;
  }

  private List<String> pooledLine(int index) {
    String style = "stroke=\"#555\" stroke-dasharray=\"3 5\"";
    List<String> parts = new ArrayList<>();
    parts.add(line(LEFT, y(pooled), RIGHT, y(pooled), " " + style));
    parts.addAll(entry(index, style, "all data at once", pooled));
    return parts;
  }

  /** One line of the legend. */
  private static List<String> entry(int index, String style, String name, double accuracy) {
    double y = TOP + 12 + index * 44;
    return List.of(
        line(RIGHT + 24, y, RIGHT + 56, y, " " + style),
        text(RIGHT + 64, y + 4, "start", name, ""),
        text(RIGHT + 64, y + 21, "start", percent(accuracy), " fill=\"#555\""));
  }

  private static double x(int round, int rounds) {
    return LEFT + (RIGHT - LEFT) * round / (double) Math.max(1, rounds);
  }

  private static double y(double accuracy) {
    return BOTTOM - (BOTTOM - TOP) * accuracy;
  }

  private static String line(double x1, double y1, double x2, double y2, String more) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"%s/>"
        .formatted(number(x1), number(y1), number(x2), number(y2), more);
  }

  private static String text(double x, double y, String anchor, String text, String more) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>"
        .formatted(number(x), number(y), anchor, more, escaped(text));
  }

  /** Writes a share as in {@code 86.5 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
