package io.propeller.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.scheduler.lifecycle.StopNotice.Stage;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StopNoticeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Property
  void what_was_heard_is_over(@ForAll Stage stage) {
    assertThat(new StopNotice(START, stage).told(true)).isEmpty();
  }

  @Property
  void what_was_not_heard_is_told_again_and_forgets_nothing(@ForAll Stage stage) {
    StopNotice missed = new StopNotice(START, stage).told(false).orElseThrow();

    assertThat(missed.isDue()).isTrue();
    assertThat(missed.since()).isEqualTo(START);
    assertThat(missed.belongsOnRecord(true)).isTrue();
    assertThat(missed.told(false)).contains(missed);
  }

  @Property
  void a_deleted_task_is_kept_or_its_notice_is_on_record(
      @ForAll Stage stage, @ForAll boolean heard) {
    StopNotice notice = new StopNotice(START, stage);

    assertThat(notice.keepsTask() || notice.belongsOnRecord(true)).isTrue();
    assertThat(notice.recorded().keepsTask()).isFalse();
    assertThat(notice.recorded().told(heard).filter(StopNotice::keepsTask)).isEmpty();
  }

  @Example
  void of_a_task_that_exists_nothing_is_recorded() {
    assertThat(new StopNotice(START, Stage.MISSED).belongsOnRecord(false)).isFalse();
  }

  @Example
  void a_worker_is_waited_for_a_day() {
    StopNotice notice = new StopNotice(START, Stage.MISSED);

    assertThat(notice.isOver(START.plus(StopNotice.KEPT))).isFalse();
    assertThat(notice.isOver(START.plus(StopNotice.KEPT).plusNanos(1))).isTrue();
  }
}
