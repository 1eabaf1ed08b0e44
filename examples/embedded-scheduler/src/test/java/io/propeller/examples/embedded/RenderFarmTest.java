package io.propeller.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RenderFarmTest {

  @Test
  void it_places_what_fits_and_says_why_the_rest_waits() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RenderFarm(
            InstantSource.fixed(Instant.EPOCH), new PrintStream(out, true, StandardCharsets.UTF_8))
        .run();

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "frame-1 runs on desk",
            "frame-2 runs on rack",
            "frame-3 runs on rack",
            "final-cut waits: 0/2 proplets fit: 2 have too little cpu",
            "preview runs on rack",
            "final-cut runs on cloud");
  }
}
