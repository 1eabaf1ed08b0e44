package io.propeller.fl.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonNumberArrayTest {

  private static double[] parse(String text) {
    return JsonNumberArray.parse(text.getBytes(StandardCharsets.UTF_8), DecodeLimits.defaults());
  }

  @Test
  void spaceMayStandBetweenAllTokens() {
    assertThat(parse(" \n[ 1 ,\t-2.5\r, 3e2 ] ")).containsExactly(1, -2.5, 300);
    assertThat(parse("[]")).isEmpty();
  }

  @Test
  void whatFollowsTheArrayIsIgnored() {
    assertThat(parse("[1,2]\nepoch 3 done {")).containsExactly(1, 2);
  }

  @Test
  void whatJsonDoesNotAllowIsNotRead() {
    for (String text :
        new String[] {
          "",
          "[",
          "[1",
          "[1,",
          "[1,]",
          "[,1]",
          "[1 2]",
          "[01]",
          "[-]",
          "[+1]",
          "[.5]",
          "[1.]",
          "[1e]",
          "[1e+]",
          "[0x1]",
          "[NaN]",
          "[Infinity]",
          "[-Infinity]",
          "[1d]",
          "[\"1\"]",
          "[null]",
          "[[1]]",
          "{\"w\":[1]}",
          "1",
          "[--1]",
          "[00]",
          "[-01]",
          "[1..2]",
          "[1_0]"
        }) {
      assertThat(parse(text)).as(text).isNull();
    }
  }

  @Test
  void aNumberMayNotBeLongerThanTheLimit() {
    assertThat(parse("[" + "1".repeat(64) + "]")).hasSize(1);
    assertThat(parse("[" + "1".repeat(65) + "]")).isNull();
  }

  @Test
  void anArrayMayNotHaveMoreValuesThanTheLimit() {
    DecodeLimits limits = DecodeLimits.builder().maxValues(3).build();
    assertThat(JsonNumberArray.parse("[1,2,3]".getBytes(StandardCharsets.UTF_8), limits))
        .hasSize(3);
    assertThat(JsonNumberArray.parse("[1,2,3,4]".getBytes(StandardCharsets.UTF_8), limits))
        .isNull();
  }
}
