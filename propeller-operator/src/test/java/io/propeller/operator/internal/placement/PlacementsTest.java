package io.propeller.operator.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Placement;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.policy.PolicyRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacementsTest {

  private static final TaskId FIRST = TaskId.of("first");
  private static final TaskId SECOND = TaskId.of("second");
  private static final WorkerId EDGE = WorkerId.of("edge-1");

  private final BlockingQueue<TaskId> told = new LinkedBlockingQueue<>();
  private final Placements placements =
      new Placements(
          PolicyRegistry.builtIn(),
          PolicyLog.environment(),
          InstantSource.system(),
          Duration.ofMillis(10),
          told::add);

  @AfterEach
  void close() {
    placements.close();
  }

  @Test
  void a_task_is_told_why_it_waits_and_then_where_it_goes() throws Exception {
    placements.submit("lab", request(FIRST));
    assertThat(next(FIRST)).isEqualTo(Optional.of("0/0 proplets fit"));

    placements.put("lab", worker(1));
    assertThat(next(FIRST)).isEqualTo(Optional.of("edge-1"));
  }

  @Test
  void asking_twice_changes_nothing() throws Exception {
    placements.put("lab", worker(5));
    placements.submit("lab", request(FIRST));
    next(FIRST);

    placements.submit("lab", request(FIRST));
    placements.submit("lab", request(SECOND));

    assertThat(next(SECOND)).isEqualTo(Optional.of("edge-1"));
    assertThat(told).isEmpty();
  }

  @Test
  void a_task_for_all_has_a_place_on_each_worker_that_fits_until_each_is_given_back()
      throws Exception {
    placements.submitToAll("lab", request(FIRST));
    assertThat(next(FIRST)).isEqualTo(Optional.of("0/0 proplets fit"));

    placements.put("lab", worker(1));
    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(FIRST);
    assertThat(placements.places(FIRST)).containsExactly(EDGE);
    assertThat(placements.on("lab", EDGE)).containsExactly(FIRST);
    placements.submit("lab", request(SECOND));
    assertThat(next(SECOND).orElseThrow()).contains("as many tasks as allowed");

    placements.release("lab", FIRST, EDGE);

    assertThat(next(SECOND)).isEqualTo(Optional.of("edge-1"));
    placements.release("lab", FIRST);
    assertThat(placements.places(FIRST)).isEmpty();
  }

  @Test
  void a_released_place_goes_to_who_waits() throws Exception {
    placements.put("lab", worker(1));
    placements.submit("lab", request(FIRST));
    next(FIRST);
    placements.submit("lab", request(SECOND));
    assertThat(next(SECOND).orElseThrow()).contains("as many tasks as allowed");

    placements.release("lab", FIRST);

    assertThat(next(SECOND)).isEqualTo(Optional.of("edge-1"));
    assertThat(placements.answer(FIRST)).isEmpty();
  }

  @Test
  void what_runs_already_takes_its_room() throws Exception {
    placements.reserve("lab", FIRST, EDGE, Resources.NONE);
    placements.put("lab", worker(1));
    placements.submit("lab", request(SECOND));

    assertThat(next(SECOND).orElseThrow()).contains("as many tasks as allowed");
  }

  @Test
  void the_tasks_of_a_worker_are_known_as_soon_as_they_are_placed_until_they_are_released()
      throws Exception {
    placements.put("lab", worker(2));
    placements.reserve("lab", FIRST, EDGE, Resources.NONE);
    placements.submit("lab", request(SECOND));
    next(SECOND);
    assertThat(placements.on("lab", EDGE)).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(placements.on("elsewhere", EDGE)).isEmpty();

    placements.release("lab", FIRST);
    placements.remove("lab", EDGE);

    assertThat(next(SECOND)).isEmpty();
    assertThat(placements.on("lab", EDGE)).isEmpty();
  }

  @Test
  void the_tasks_of_a_gang_have_their_places_once_all_have_asked() throws Exception {
    Gang gang = new Gang("round", Set.of(FIRST, SECOND), 2);
    placements.put("lab", worker(2));
    placements.submit("lab", request(FIRST), gang);
    placements.submit("lab", request(FIRST), gang);
    assertThat(placements.fit("lab", request(FIRST)).get().workers()).containsExactly(EDGE);
    assertThat(placements.answer(FIRST)).isEmpty();

    placements.submit("lab", request(SECOND), gang);

    next(FIRST, SECOND);
    assertThat(placements.on("lab", EDGE)).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void a_gang_without_room_waits_whole_and_says_so_and_asking_again_changes_nothing()
      throws Exception {
    Gang gang = new Gang("round", Set.of(FIRST, SECOND), 2);
    placements.put("lab", worker(1));
    placements.submit("lab", request(FIRST), gang);
    placements.submit("lab", request(SECOND), gang);
    next(FIRST, SECOND);
    assertThat(text(placements.answer(FIRST).orElseThrow()))
        .isEqualTo("0/1 proplets fit: 1 has room, but not all of the gang has");

    placements.submit("lab", request(FIRST), gang);
    placements.submit("lab", request(SECOND), gang);
    placements.fit("lab", request(FIRST)).get();
    assertThat(told).isEmpty();

    placements.put("lab", worker(2));
    next(FIRST, SECOND);
    assertThat(placements.on("lab", EDGE)).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void a_gang_is_made_anew_without_who_has_given_up_and_with_who_comes_back() throws Exception {
    TaskId third = TaskId.of("third");
    Gang all = new Gang("round", Set.of(FIRST, SECOND, third), 2);
    Gang two = new Gang("round", Set.of(FIRST, SECOND), 2);
    placements.submit("lab", request(FIRST), all);
    placements.submit("lab", request(SECOND), all);
    placements.submit("lab", request(FIRST), two);
    next(FIRST, SECOND);

    placements.submit("lab", request(third), all);
    assertThat(next(third)).isEqualTo(Optional.of("0/0 proplets fit"));
    placements.put("lab", worker(1));
    placements.fit("lab", request(FIRST)).get();
    assertThat(placements.on("lab", EDGE)).isEmpty();
    placements.put("lab", worker(2));
    placements.fit("lab", request(FIRST)).get();
    assertThat(placements.on("lab", EDGE)).hasSize(2);
  }

  @Test
  void a_task_whose_gang_has_its_places_asks_alone() throws Exception {
    Gang gang = new Gang("round", Set.of(FIRST, SECOND), 2);
    placements.reserve("lab", FIRST, EDGE, Resources.NONE);
    placements.put("lab", worker(2));

    placements.submit("lab", request(SECOND), gang);

    assertThat(next(SECOND)).isEqualTo(Optional.of("edge-1"));
  }

  @Test
  void a_policy_that_there_is_not_is_refused_with_those_that_there_are() {
    TaskRequest request = TaskRequest.builder().id(FIRST).policy("luck").build();

    assertThatThrownBy(() -> placements.submit("lab", request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spec.schedulerName is 'luck', which is none of the policies")
        .hasMessageContaining("round-robin");
  }

  @Test
  void a_namespace_has_its_own_proplets() throws Exception {
    placements.put("lab", worker(1));
    placements.submit("elsewhere", request(FIRST));

    assertThat(next(FIRST)).isEqualTo(Optional.of("0/0 proplets fit"));
  }

  /** Waits until these have been told of, in any order. */
  private void next(TaskId one, TaskId other) throws InterruptedException {
    List<TaskId> both = new ArrayList<>();
    both.add(told.poll(10, TimeUnit.SECONDS));
    both.add(told.poll(10, TimeUnit.SECONDS));
    assertThat(both).containsExactlyInAnyOrder(one, other);
  }

  private Optional<String> next(TaskId expected) throws InterruptedException {
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
    return placements.answer(expected).map(PlacementsTest::text);
  }

  private static String text(Placement placement) {
    return placement instanceof Placed placed
        ? placed.worker().value()
        : ((NotPlaced) placement).message();
  }

  private static TaskRequest request(TaskId task) {
    return TaskRequest.builder().id(task).build();
  }

  private static Worker worker(int maxConcurrentTasks) {
    return Worker.builder().id(EDGE).maxConcurrentTasks(maxConcurrentTasks).build();
  }
}
