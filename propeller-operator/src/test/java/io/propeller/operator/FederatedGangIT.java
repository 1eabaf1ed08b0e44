package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Start;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the Tasks of a round are placed together. */
class FederatedGangIT extends FederatedRig {

  @Test
  void of_two_rounds_that_need_all_of_the_same_workers_one_goes_after_the_other() {
    try (ScriptedProplet a = one("a");
        ScriptedProplet b = one("b")) {
      Start other = occupy(a, "a");
      job("one", List.of("a", "b"), spec -> {});
      Task waiting = await("round-1-one-b", task -> !why(task).isEmpty());
      assertThat(why(waiting))
          .isEqualTo("0/2 proplets fit: 1 has room, but not all of the gang has, 1 is not b");
      job("two", List.of("b", "a"), spec -> {});
      await("round-1-two-b", task -> !why(task).isEmpty());
      assertThat(b.hasNoStart()).isTrue();

      a.answer(other.id(), "1");
      assertRound("one", a, b);
      assertRound("two", a, b);
    }
  }

  @Test
  void who_is_away_is_not_waited_for_where_the_others_are_enough() {
    client.resource(propletResource("away").build()).create();
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b")) {
      job("study", List.of("a", "away", "b"), spec -> spec.withRequiredUpdates(2));
      train(a.nextStart(), a, "[1.0]", 1);
      assertThat(await("round-1-study-away", task -> true).phase()).isEqualTo(TaskPhase.PENDING);
      train(b.nextStart(), b, "[1.0]", 1);
      awaitJob("study", JobPhase.COMPLETED);
    }
  }

  @Test
  void the_next_operator_places_together_what_waits_and_alone_what_is_left_of_what_runs()
      throws Exception {
    try (ScriptedProplet a = one("a");
        ScriptedProplet b = one("b");
        ScriptedProplet c = one("c");
        ScriptedProplet d = one("d")) {
      Start first = occupy(a, "a");
      Start second = occupy(b, "b");
      job("study", List.of("a", "b", "c"), spec -> spec.withRequiredUpdates(2));
      await("round-1-study-c", task -> !why(task).isEmpty());
      restart();
      for (ScriptedProplet one : List.of(a, b, c, d)) {
        one.aliveUntil(() -> true);
      }
      d.answer(occupy(d, "d").id(), "1");
      await("other-d", TaskPhase.COMPLETED);
      assertThat(why(await("round-1-study-c", task -> true)))
          .isEqualTo(
              "0/4 proplets fit: 1 has room, but not 2 of the gang's 3 tasks have, 3 are not c");
      assertThat(c.hasNoStart()).isTrue();

      b.answer(second.id(), "1");
      Start ofB = startOfRound(b);
      Start ofC = startOfRound(c);
      await("round-1-study-b", TaskPhase.RUNNING);
      await("round-1-study-c", TaskPhase.RUNNING);
      restart();
      a.aliveUntil(() -> true);
      a.answer(first.id(), "1");
      Start ofA = startOfRound(a);
      train(ofA, a, "[1.0]", 1);
      train(ofB, b, "[1.0]", 1);
      awaitJob("study", JobPhase.COMPLETED);
      assertThat(ofC.env()).containsEntry("ROUND_ID", "round-1");
    }
  }

  /** Returns what a worker is told of a round; what it was told of before may be told again. */
  private static Start startOfRound(ScriptedProplet worker) {
    while (true) {
      Start start = worker.nextStart();
      if (start.env().containsKey("ROUND_ID")) {
        return start;
      }
    }
  }

  private void restart() throws Exception {
    operator.close();
    operator = startOperator();
  }

  /** Creates a proplet that runs one task at a time. */
  private ScriptedProplet one(String name) {
    return proplet(name, spec -> spec.withMaxConcurrentTasks(1));
  }

  /** Has a proplet run a task of nobody's. */
  private Start occupy(ScriptedProplet proplet, String name) {
    create(
        "other-" + name,
        spec -> spec.withNewPropletSelector().withPropletId(name).endPropletSelector());
    Start start = proplet.nextStart();
    await("other-" + name, TaskPhase.RUNNING);
    return start;
  }

  private void assertRound(String job, ScriptedProplet a, ScriptedProplet b) {
    Start ofA = a.nextStart();
    Start ofB = b.nextStart();
    assertThat(ofA.env()).containsEntry("FL_JOB_ID", job);
    assertThat(ofB.env()).containsEntry("FL_JOB_ID", job);
    train(ofA, a, "[1.0]", 1);
    train(ofB, b, "[1.0]", 1);
    awaitJob(job, JobPhase.COMPLETED);
  }

  private static String why(Task task) {
    return condition(task, "Scheduled").getMessage();
  }
}
