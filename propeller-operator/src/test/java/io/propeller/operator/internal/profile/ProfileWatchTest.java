package io.propeller.operator.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Profile;
import io.propeller.api.v1.ProfileBuilder;
import io.propeller.mqtt.message.CpuMetrics;
import io.propeller.mqtt.message.MemoryMetrics;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.scheduler.model.ProfileCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfileWatchTest {

  private static final ResourceID EDGE = new ResourceID("edge-1", "default");
  private static final PropletId IDENTITY = PropletId.of("edge");
  private static final ProfileCondition IDLE = new ProfileCondition("power", "idle");
  private static final ProfileCondition ROOMY = new ProfileCondition("power", "roomy");
  private static final List<Profile> PROFILES =
      List.of(profile("idle", "cpu < 25% && battery > 40", "roomy", "memory <= 50"));

  private final List<ResourceID> news = new ArrayList<>();
  private final ProfileWatch watch = new ProfileWatch(proplet -> OptionalLong.of(1_000), news::add);

  @Test
  void only_a_change_is_news() {
    assertThat(watch.track(EDGE, IDENTITY, PROFILES)).isEmpty();
    assertThat(watch.isKnown(EDGE)).isFalse();

    watch.measured(metrics(10, 50, 900));
    assertThat(watch.track(EDGE, IDENTITY, PROFILES)).containsExactly(IDLE);
    assertThat(watch.isKnown(EDGE)).isTrue();
    watch.measured(metrics(12, 49, 800));
    assertThat(news).hasSize(1);

    watch.measured(metrics(10, 39, 900));
    assertThat(news).hasSize(2);
    assertThat(watch.track(EDGE, IDENTITY, PROFILES)).isEmpty();
  }

  @Test
  void memory_is_a_share_of_the_hosts() {
    watch.track(EDGE, IDENTITY, PROFILES);

    watch.measured(metrics(99, 0, 500));

    assertThat(watch.track(EDGE, IDENTITY, PROFILES)).isEqualTo(Set.of(ROOMY));
  }

  @Test
  void what_another_measures_is_no_news_nor_is_what_one_does_that_is_forgotten() {
    watch.track(EDGE, PropletId.of("other"), PROFILES);
    watch.measured(metrics(10, 50, 100));
    assertThat(news).isEmpty();

    watch.track(EDGE, IDENTITY, PROFILES);
    watch.forget(EDGE);
    watch.measured(metrics(10, 50, 100));
    assertThat(news).isEmpty();
  }

  @Test
  void a_bad_expression_names_its_condition() {
    List<Profile> bad = List.of(profile("idle", "cpu <", "roomy", "memory < 1"));

    assertThatThrownBy(() -> ProfileWatch.check(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spec.profiles: condition idle of power: ");
  }

  private static Profile profile(
      String name, String expression, String otherName, String otherExpression) {
    return new ProfileBuilder()
        .withName("power")
        .addNewCondition()
        .withName(name)
        .withExpression(expression)
        .endCondition()
        .addNewCondition()
        .withName(otherName)
        .withExpression(otherExpression)
        .endCondition()
        .build();
  }

  private static PropletMetrics metrics(double cpu, double battery, long memory) {
    return PropletMetrics.builder()
        .propletId(IDENTITY)
        .cpu(CpuMetrics.builder().percent(cpu).build())
        .memory(MemoryMetrics.builder().rssBytes(memory).build())
        .putAllCustom(Map.of("battery", battery))
        .build();
  }
}
