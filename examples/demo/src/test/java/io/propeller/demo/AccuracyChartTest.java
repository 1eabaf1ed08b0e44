package io.propeller.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class AccuracyChartTest {

  private static final AccuracyChart CHART = new AccuracyChart("Title", "a < b & c", 0.87);

  @Test
  void a_better_model_is_higher_and_a_later_round_further_right() throws Exception {
    Document svg = parse(CHART.svg(List.of(new Curve("fedavg", List.of(0.0, 0.5, 1.0)))));

    assertThat(points(svg).get(0)).containsExactly("64.0,368.0", "306.0,220.0", "548.0,72.0");
  }

  @Test
  void each_curve_has_a_line_of_its_own_and_its_last_accuracy_in_the_legend() throws Exception {
    Document svg =
        parse(
            CHART.svg(
                List.of(
                    new Curve("fedavg", List.of(0.5, 0.3)),
                    new Curve("krum", List.of(0.5, 0.8513)))));

    assertThat(points(svg)).hasSize(2);
    assertThat(attributes(svg, "polyline", "stroke")).doesNotHaveDuplicates();
    assertThat(attributes(svg, "polyline", "stroke-dasharray")).doesNotHaveDuplicates();
    assertThat(texts(svg))
        .contains("a < b & c", "fedavg", "30.0 %", "krum", "85.1 %")
        .contains("all data at once", "87.0 %");
  }

  @Property(tries = 50)
  void no_point_leaves_the_picture(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 0, max = 1) Double> accuracies)
      throws Exception {
    Document svg = parse(CHART.svg(List.of(new Curve("any", accuracies))));

    assertThat(points(svg).get(0))
        .hasSameSizeAs(accuracies)
        .allSatisfy(
            point -> {
              String[] at = point.split(",", 2);
              assertThat(Double.parseDouble(at[0])).isBetween(64.0, 548.0);
              assertThat(Double.parseDouble(at[1])).isBetween(72.0, 368.0);
            });
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<List<String>> points(Document svg) {
    return attributes(svg, "polyline", "points").stream()
        .map(points -> Arrays.asList(points.split(" ")))
        .toList();
  }

  private static List<String> attributes(Document svg, String tag, String name) {
    List<String> values = new ArrayList<>();
    NodeList nodes = svg.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      values.add(((Element) nodes.item(i)).getAttribute(name));
    }
    return values;
  }

  private static List<String> texts(Document svg) {
    List<String> texts = new ArrayList<>();
    NodeList nodes = svg.getElementsByTagName("text");
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
