package io.propeller.testkit.scheduler;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.model.LabelExpression;
import io.propeller.scheduler.model.ProfileCondition;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Toleration;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerKind;
import io.propeller.scheduler.model.WorkerPhase;
import io.propeller.testkit.scheduler.FleetAction.Put;
import io.propeller.testkit.scheduler.FleetAction.Release;
import io.propeller.testkit.scheduler.FleetAction.Remove;
import io.propeller.testkit.scheduler.FleetAction.Submit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Generators of small fleets and of tasks for them. They draw from few labels, capabilities and
 * amounts, so that tasks and workers often suit each other, and often only just do not.
 */
public final class SchedulerArbitraries {

  private static final int WORKERS = 12;

  private SchedulerArbitraries() {}

  /** Returns workers of all kinds, of twelve ids; most are running. */
  public static Arbitrary<Worker> workers() {
    Arbitrary<WorkerId> ids =
        Arbitraries.integers().between(0, WORKERS - 1).map(i -> WorkerId.of("w" + i));
    Arbitrary<Map<String, String>> labels =
        Arbitraries.maps(Arbitraries.of("zone", "tier"), Arbitraries.of("a", "b")).ofMaxSize(2);
    Arbitrary<Optional<String>> types = Arbitraries.of("esp32", "raspberry-pi-4").optional();
    Arbitrary<Set<String>> capabilities = Arbitraries.of("gpio", "sensor").set().ofMaxSize(2);
    Arbitrary<Life> lives =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(new Life(WorkerPhase.RUNNING, true))),
            Tuple.of(
                1,
                Combinators.combine(Arbitraries.of(WorkerPhase.class), Arbitraries.of(true, false))
                    .as(Life::new)));
    Arbitrary<Set<Taint>> taints =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Set.<Taint>of())),
            Tuple.of(
                1,
                Combinators.combine(
                        Arbitraries.of("dedicated", "maintenance"),
                        Arbitraries.of("", "x"),
                        Arbitraries.of(Taint.Effect.class))
                    .as(Taint::new)
                    .set()
                    .ofMaxSize(2)));
    Arbitrary<Set<ProfileCondition>> conditions =
        Arbitraries.of(
                new ProfileCondition("power", "idle"), new ProfileCondition("power", "plugged"))
            .set()
            .ofMaxSize(2);
    Arbitrary<Room> rooms =
        Combinators.combine(capacities(), Arbitraries.of(Integer.MAX_VALUE, 0, 1, 3)).as(Room::new);
    return Combinators.combine(ids, labels, types, capabilities, lives, taints, conditions, rooms)
        .as(
            (id, label, type, can, life, taint, condition, room) ->
                Worker.builder()
                    .id(id)
                    .labels(label)
                    .deviceType(type)
                    .capabilities(can)
                    .kind(id.value().length() > 2 ? WorkerKind.K8S : WorkerKind.EXTERNAL)
                    .phase(life.phase())
                    .schedulable(life.schedulable())
                    .taints(taint)
                    .conditions(condition)
                    .capacity(room.capacity())
                    .maxConcurrentTasks(room.tasks())
                    .build());
  }

  private record Life(WorkerPhase phase, boolean schedulable) {}

  private record Room(Resources capacity, int tasks) {}

  private static Arbitrary<Resources> capacities() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(Resources.UNLIMITED)), Tuple.of(4, amounts(4)));
  }

  private static Arbitrary<Resources> amounts(int most) {
    Arbitrary<Long> quantity = Arbitraries.longs().between(0, most);
    return Combinators.combine(quantity, quantity, quantity)
        .as(
            (cpu, memory, gpus) ->
                Resources.of(cpu, memory, gpus == 0 ? Map.of() : Map.of("gpu", gpus)));
  }

  /** Returns requests of all kinds; each has this id. */
  public static Arbitrary<TaskRequest> tasks(TaskId id) {
    Arbitrary<List<Toleration>> tolerations =
        Arbitraries.of(
                Toleration.exists("dedicated"),
                Toleration.equal("maintenance", "x"),
                new Toleration(
                    "", Toleration.Operator.EXISTS, "", Optional.of(Taint.Effect.NO_EXECUTE)))
            .list()
            .ofMaxSize(2);
    return Combinators.combine(
            selectors(),
            rarely(Arbitraries.of(WorkerKind.class)),
            amounts(2),
            tolerations,
            Arbitraries.integers().between(TaskRequest.MIN_PRIORITY, TaskRequest.MAX_PRIORITY))
        .as(
            (selector, kind, resources, tolerated, priority) ->
                TaskRequest.builder()
                    .id(id)
                    .selector(selector)
                    .kind(kind)
                    .resources(resources)
                    .tolerations(tolerated)
                    .priority(priority)
                    .build());
  }

  /** Returns selectors of few criteria; many select every worker. */
  public static Arbitrary<Selector> selectors() {
    Arbitrary<Optional<WorkerId>> named =
        rarely(Arbitraries.integers().between(0, WORKERS).map(i -> WorkerId.of("w" + i)));
    Arbitrary<Map<String, String>> labels =
        Arbitraries.maps(Arbitraries.of("zone", "tier"), Arbitraries.of("a", "b")).ofMaxSize(1);
    Arbitrary<Optional<LabelExpression>> expressions =
        rarely(
            Combinators.combine(
                    Arbitraries.of("zone", "tier"), Arbitraries.of(LabelExpression.Operator.class))
                .as(SchedulerArbitraries::expression));
    Arbitrary<Set<String>> types =
        rarely(Arbitraries.of("esp32", "raspberry-pi-4").set().ofMinSize(1))
            .map(some -> some.orElse(Set.of()));
    Arbitrary<Set<String>> capabilities =
        rarely(Arbitraries.of("gpio", "sensor").set().ofMinSize(1))
            .map(some -> some.orElse(Set.of()));
    Arbitrary<Optional<ImmutableSet<String>>> profiles =
        rarely(Arbitraries.of("idle", "plugged").set().ofMinSize(1).map(ImmutableSet::copyOf));
    return Combinators.combine(named, labels, expressions, types, capabilities, profiles)
        .as(
            (name, label, expression, type, can, profile) -> {
              Selector.Builder selector =
                  Selector.builder().worker(name).labels(label).deviceTypes(type).capabilities(can);
              expression.ifPresent(selector::addExpressions);
              profile.ifPresent(conditions -> selector.putProfiles("power", conditions));
              return selector.build();
            });
  }

  private static LabelExpression expression(String key, LabelExpression.Operator operator) {
    return switch (operator) {
      case IN, NOT_IN -> LabelExpression.of(key, operator, Set.of("a"));
      case EXISTS, DOES_NOT_EXIST -> LabelExpression.of(key, operator, Set.of());
    };
  }

  private static <T> Arbitrary<Optional<T>> rarely(Arbitrary<T> values) {
    return values.optional(0.15);
  }

  /**
   * Returns what happens to a fleet from its beginning: first workers come, then they change and go
   * while tasks ask and end.
   */
  public static Arbitrary<ImmutableList<FleetAction>> interleavings() {
    Arbitrary<FleetAction> puts = workers().map(Put::new);
    Arbitrary<FleetAction> submits = tasks(TaskId.of("any")).map(Submit::new);
    Arbitrary<FleetAction> releases = Arbitraries.integers().between(0, 50).map(Release::new);
    Arbitrary<FleetAction> removals =
        Arbitraries.integers().between(0, WORKERS - 1).map(i -> new Remove(WorkerId.of("w" + i)));
    Arbitrary<FleetAction> later =
        Arbitraries.frequencyOf(
            Tuple.of(3, puts), Tuple.of(8, submits), Tuple.of(4, releases), Tuple.of(1, removals));
    return Combinators.combine(puts.list().ofMaxSize(WORKERS), later.list().ofMaxSize(40))
        .as((first, then) -> numbered(first, then));
  }

  /** Gives each submitted task an id of its own. */
  private static ImmutableList<FleetAction> numbered(
      List<FleetAction> first, List<FleetAction> then) {
    ImmutableList.Builder<FleetAction> all = ImmutableList.<FleetAction>builder().addAll(first);
    int number = 0;
    for (FleetAction action : then) {
      if (action instanceof Submit submit) {
        TaskId id = TaskId.of("t" + number++);
        all.add(new Submit(TaskRequest.builder().from(submit.task()).id(id).build()));
      } else {
        all.add(action);
      }
    }
    return all.build();
  }
}
