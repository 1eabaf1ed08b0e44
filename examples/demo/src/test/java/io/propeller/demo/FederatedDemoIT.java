package io.propeller.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The federated part of the demo as a user runs it, in a process of its own. */
class FederatedDemoIT {

  @TempDir Path folder;

  @Test
  void one_poisoned_worker_ruins_the_mean_and_not_the_trimmed_mean_as_is_drawn() throws Exception {
    Path chart = folder.resolve("new").resolve("chart.svg");

    DemoProcess demo =
        DemoProcess.run(
            folder,
            "federated",
            "--poisoned",
            "--rounds=3",
            "--algorithms=fedavg",
            "--algorithms=trimmed-mean",
            "--chart=" + chart);

    assertThat(demo.err()).isEmpty();
    assertThat(demo.exit()).isZero();
    assertThat(accuracy(demo, "fedavg +round 3 of 3")).isLessThan(45);
    assertThat(accuracy(demo, "trimmed-mean +round 3 of 3"))
        .isGreaterThan(accuracy(demo, "trimmed-mean +round 1 of 3"))
        .isGreaterThan(accuracy(demo, "trained on all data at once:") - 5);
    assertThat(demo.out()).contains("drawn in " + chart);
    assertThat(Files.readString(chart))
        .startsWith("<svg")
        .contains("device-3 does harm")
        .contains(">trimmed-mean<");
  }

  @Test
  void an_unknown_algorithm_is_named_in_one_line() throws Exception {
    DemoProcess demo =
        DemoProcess.run(folder, "federated", "--algorithms=wishful", "--chart=" + folder);

    assertThat(demo.err())
        .startsWith("demo: the job wishful failed: ")
        .contains("'wishful' is unknown")
        .hasLineCount(1);
    assertThat(demo.exit()).isEqualTo(1);
  }

  private static double accuracy(DemoProcess demo, String line) {
    Matcher matcher = Pattern.compile(line + " +([0-9.]+) %").matcher(demo.out());
    assertThat(matcher.find()).as(() -> line + " in " + demo.out()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }
}
