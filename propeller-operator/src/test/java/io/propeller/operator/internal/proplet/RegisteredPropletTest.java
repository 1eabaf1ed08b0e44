package io.propeller.operator.internal.proplet;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.PropletId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RegisteredPropletTest {

  @Test
  void an_identity_that_can_be_a_name_is_the_name() {
    assertThat(name("b64502f0-25bc-4926-8fbc-ad508f75d96c"))
        .isEqualTo("b64502f0-25bc-4926-8fbc-ad508f75d96c");
  }

  @Test
  void one_that_cannot_be_becomes_something_like_it_that_is_its_own() {
    assertThat(name("Kitchen/Pi_4")).matches("kitchen-pi-4-[0-9a-f]{12}");
    assertThat(name("kitchen/pi_4")).isNotEqualTo(name("Kitchen/Pi_4"));
    assertThat(name("___")).matches("device-[0-9a-f]{12}");
  }

  @Property(tries = 300)
  void every_name_is_one_that_kubernetes_takes(
      @ForAll
          @StringLength(min = 1, max = 100)
          @AlphaChars
          @NumericChars
          @Chars({'-', '_', '.', ':', '/'})
          String identity) {
    assertThat(name(identity)).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?").hasSizeLessThan(54);
  }

  private static String name(String identity) {
    return RegisteredProplet.name(PropletId.of(identity));
  }
}
