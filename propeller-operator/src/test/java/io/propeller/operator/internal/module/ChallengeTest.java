package io.propeller.operator.internal.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  @Test
  void a_token_is_asked_for_with_commas_in_quotes() {
    assertThat(
            Challenge.parse(
                List.of(
                    "Bearer realm=\"https://example.com/token\",service=\"example.com\","
                        + "scope=\"repository:app:pull,push\"")))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "realm",
                    "https://example.com/token",
                    "service",
                    "example.com",
                    "scope",
                    "repository:app:pull,push")));
  }

  @Test
  void several_are_told_apart_in_one_header_or_in_many() {
    Challenge basic = new Challenge("basic", Map.of("realm", "a b"));
    Challenge bearer = new Challenge("bearer", Map.of("realm", "https://example.com/"));

    assertThat(
            Challenge.parse(
                List.of("BASIC Realm = \"a b\", Bearer realm=https://example.com/, Negotiate")))
        .containsExactly(basic, bearer, new Challenge("negotiate", Map.of()));
    assertThat(
            Challenge.parse(
                List.of("Basic realm=\"a b\"", "Bearer realm=\"https://example.com/\"")))
        .containsExactly(basic, bearer);
  }

  @Property(tries = 300)
  void no_header_is_too_odd_to_be_read(@ForAll String header) {
    assertThat(Challenge.parse(List.of(header))).isNotNull();
  }
}
