package io.propeller.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

  private final Channel channel = Channel.of("d1", "c1");

  @Test
  void buildsTopics() {
    assertThat(channel.topic(Subtopic.START)).hasToString("m/d1/c/c1/control/manager/start");
    assertThat(channel.topic(Subtopic.UPDATE, "round-3", "p1"))
        .hasToString("m/d1/c/c1/fl/rounds/round-3/updates/p1");
  }

  @Test
  void refusesLevelsThatDoNotFit() {
    assertThatIllegalArgumentException().isThrownBy(() -> channel.topic(Subtopic.UPDATE, "r"));
    assertThatIllegalArgumentException().isThrownBy(() -> channel.topic(Subtopic.START, "r"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channel.topic(Subtopic.UPDATE, "a/b", "p1"));
  }

  @Test
  void matchesEveryKindOfItsOwn() {
    for (Subtopic<?> kind : Subtopic.all()) {
      String topic = channel.base() + "/" + kind.filter().replace("+", "x");
      assertThat(channel.match(topic).orElseThrow().subtopic()).isSameAs(kind);
    }
  }

  @Test
  void matchesAnUpdateWithoutTheBase() {
    assertThat(channel.match("fl/rounds/r1/updates/p1"))
        .contains(new Route(Subtopic.UPDATE, List.of("r1", "p1")));
    assertThat(channel.filters(Subtopic.UPDATE))
        .containsExactly("m/d1/c/c1/fl/rounds/+/updates/+", "fl/rounds/+/updates/+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m/d1/c/c1",
        "m/d1/c/c1/",
        "m/d1/c/c12/control/manager/start",
        "m/d1/c/c2/control/manager/start",
        "control/manager/start",
        "m/d1/c/c1/control/manager/start/",
        "m/d1/c/c1/control/manager/restart",
        "m/d1/c/c1/fl/rounds//updates/p1",
        "m/d1/c/c1/fl/rounds/r\u0001/updates/p1",
        "m/d1/c/c1/fl/rounds/r/updates/p1/more"
      })
  void matchesNothingElse(String topic) {
    assertThat(channel.match(topic)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a+", "#", "a\u0000", "\ud800", "a\n"})
  void refusesIdsThatAreNoLevel(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> ChannelId.of(id));
    assertThatIllegalArgumentException().isThrownBy(() -> DomainId.of(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/+", "#", "a\u0000", "\ud800"})
  void refusesTopicsThatNothingCanBePublishedTo(String topic) {
    assertThatIllegalArgumentException().isThrownBy(() -> Topic.parse(topic));
  }

  @Property(tries = 200)
  void whatIsBuiltIsMatched(
      @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 20) String domain,
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String id,
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String round) {
    Channel any = Channel.of(domain, id);

    assertThat(any.match(any.topic(Subtopic.UPDATE, round, id).value()))
        .contains(new Route(Subtopic.UPDATE, List.of(round, id)));
    assertThat(Channel.of(domain + "x", id).match(any.topic(Subtopic.ALIVE).value())).isEmpty();
  }
}
