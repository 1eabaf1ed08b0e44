package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Event;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What users read in {@code kubectl describe}. */
class EventsIT extends OperatorRig {

  @Test
  void transitions_are_events_of_their_task() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      Task created =
          create(
              "flaky",
              spec -> spec.withNewRetryPolicy().withLimit(1).withInterval("1ms").endRetryPolicy());
      edge.fail(edge.nextStart().id(), "trap");
      edge.answer(edge.nextStart().id(), "42");
      await("flaky", TaskPhase.COMPLETED);

      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(eventsOf(created))
                      .extracting(Event::getType, Event::getReason, Event::getMessage)
                      .containsExactlyInAnyOrder(
                          tuple("Normal", "Placed", "attempt 1 is edge-1's"),
                          tuple("Warning", "Retry", "trap"),
                          tuple("Normal", "Placed", "attempt 2 is edge-1's"),
                          tuple("Normal", "Completed", "the task ran to its end")));
    }
  }

  @Test
  void that_nothing_fits_is_an_event_once() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      Task created =
          create(
              "picky",
              spec ->
                  spec.withNewPropletSelector().withMatchCapabilities("gpio").endPropletSelector());
      create("other", spec -> {});
      edge.answer(edge.nextStart().id(), "1");
      await("other", TaskPhase.COMPLETED);

      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(eventsOf(created))
                      .singleElement()
                      .satisfies(
                          event -> {
                            assertThat(event.getReason()).isEqualTo("NoPropletFits");
                            assertThat(event.getMessage())
                                .isEqualTo("0/1 proplets fit: 1 lacks capability gpio");
                          }));
    }
  }

  private List<Event> eventsOf(Task task) {
    return client
        .v1()
        .events()
        .withField("involvedObject.uid", task.getMetadata().getUid())
        .list()
        .getItems();
  }
}
