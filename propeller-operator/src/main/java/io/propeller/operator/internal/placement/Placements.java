package io.propeller.operator.internal.placement;

import com.google.common.util.concurrent.MoreExecutors;
import io.propeller.scheduler.fleet.FleetSnapshot;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Placement;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.placement.PlacementQueue;
import io.propeller.scheduler.policy.PolicyEnvironment;
import io.propeller.scheduler.policy.PolicyRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The placement queues, one per namespace, and the thread that owns them all.
 *
 * <p>Any thread may call any method; all return at once. What the queues say of a task is kept
 * until it is withdrawn or released, and whoever listens is told when it has changed.
 */
public final class Placements implements AutoCloseable {

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "placement");
            created.setDaemon(true);
            return created;
          });
  private final Map<TaskId, Placement> answers = new ConcurrentHashMap<>();
  private final Map<Place, Worker> workers = new ConcurrentHashMap<>();
  private final Broadcasts broadcasts = new Broadcasts();
  private final Gangs gangs = new Gangs();
  private final Map<Place, Set<TaskId>> occupants = new ConcurrentHashMap<>();
  private final Map<String, PlacementQueue> queues = new HashMap<>();
  private final Map<String, Set<TaskId>> refused = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final PolicyRegistry policies;
  private final PolicyEnvironment environment;
  private final InstantSource clock;
  private final Consumer<TaskId> listener;

  private record Place(String namespace, WorkerId worker) {}

  /**
   * Starts the thread.
   *
   * @param policies what tasks may ask to be placed by
   * @param environment what surrounds them, and who hears of a plug-in that fails
   * @param explainEvery how often at most tasks that wait are told why anew, when workers changed
   * @param listener is told, on the thread of the queues, of each task whose answer has changed; it
   *     must not block
   */
  public Placements(
      PolicyRegistry policies,
      PolicyEnvironment environment,
      InstantSource clock,
      Duration explainEvery,
      Consumer<TaskId> listener) {
    this.policies = policies;
    this.environment = environment;
    this.clock = clock;
    this.listener = listener;
    var unused =
        thread.scheduleWithFixedDelay(
            this::tick, explainEvery.toMillis(), explainEvery.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Asks for a place; a task that waits or has one already is not asked for twice.
   *
   * @throws IllegalArgumentException if the task asks for a policy that there is not
   */
  public void submit(String namespace, TaskRequest task) {
    checkPolicy(task);
    run(
        namespace,
        queue -> {
          List<Placed> placed = queue.submit(task);
          if (!(answers.get(task.id()) instanceof Placed) && !contains(placed, task.id())) {
            explain(namespace, queue, task.id());
          }
          return placed;
        });
  }

  /**
   * Asks for a place for a task of a gang, which it gets with the others once all have asked; by
   * itself where some of them have their places already.
   *
   * @throws IllegalArgumentException if the task asks for a policy that there is not
   */
  public void submit(String namespace, TaskRequest task, Gang gang) {
    checkPolicy(task);
    run(
        namespace,
        queue -> {
          Optional<List<Placed>> placed =
              gangs.ask(queue, task, gang, one -> answers.get(one) instanceof Placed);
          if (placed.isEmpty()) {
            explain(namespace, queue, task.id());
            return List.of();
          }
          gang.tasks().stream()
              .filter(one -> !contains(placed.get(), one))
              .forEach(one -> explain(namespace, queue, one));
          return placed.get();
        });
  }

  private void checkPolicy(TaskRequest task) {
    String policy = task.policy().orElse(null);
    if (policy != null && !policies.names().contains(policy)) {
      throw new IllegalArgumentException(
          "spec.schedulerName is '%s', which is none of the policies %s"
              .formatted(policy, String.join(", ", policies.names())));
    }
  }

  /**
   * Asks for a place on every worker that fits, one at least.
   *
   * @see #places
   */
  public void submitToAll(String namespace, TaskRequest task) {
    run(
        namespace,
        queue -> {
          if (broadcasts.placed(task.id())) {
            return List.of();
          }
          broadcasts.waits(namespace, task);
          List<Placed> placed = spread(namespace, queue, task);
          explain(queue, namespace);
          return placed;
        });
  }

  /** Returns the workers that a task goes to which asked for all that fit; empty if it waits. */
  public Set<WorkerId> places(TaskId task) {
    return broadcasts.places(task);
  }

  /** Records that a task runs on several workers already. */
  public void reserveAll(
      String namespace, TaskId task, Set<WorkerId> workers, Resources resources) {
    broadcasts.place(task, workers);
    workers.forEach(worker -> reserve(namespace, Broadcasts.part(task, worker), worker, resources));
  }

  /** Gives back one of the places of a task that has several. */
  public void release(String namespace, TaskId task, WorkerId worker) {
    release(namespace, Broadcasts.part(task, worker));
  }

  /** Records that a task runs on a worker already. */
  public void reserve(String namespace, TaskId task, WorkerId worker, Resources resources) {
    run(
        namespace,
        queue -> {
          occupy(namespace, new Placed(task, worker));
          return queue.reserve(task, worker, resources);
        });
  }

  /** Gives back a task's place, or its wish for one; its answer is gone when this returns. */
  public void release(String namespace, TaskId task) {
    broadcasts.remove(task).forEach(worker -> release(namespace, task, worker));
    if (answers.remove(task) instanceof Placed placed) {
      occupants(namespace, placed.worker()).remove(task);
    }
    run(
        namespace,
        queue -> {
          refused(namespace).remove(task);
          gangs.forget(task);
          // It may have been placed after this was called.
          broadcasts.remove(task).forEach(worker -> release(namespace, task, worker));
          List<Placed> first = queue.withdraw(task);
          return first.isEmpty() ? queue.release(task) : concat(first, queue.release(task));
        });
  }

  /** Adds a worker, or replaces what is known of it; what runs on it may have to leave. */
  public void put(String namespace, Worker worker) {
    Worker before = workers.put(new Place(namespace, worker.id()), worker);
    boolean evicts = before != null && !before.conditions().equals(worker.conditions());
    changed(
        namespace,
        queue -> {
          List<Placed> placed = queue.put(worker);
          if (evicts) {
            on(namespace, worker.id()).forEach(listener);
          }
          return placed;
        });
  }

  /** Removes a worker; the tasks on it lose their places, and the listener is told of each. */
  public void remove(String namespace, WorkerId worker) {
    workers.remove(new Place(namespace, worker));
    changed(
        namespace,
        queue -> {
          List<TaskId> evicted = queue.remove(worker);
          evicted.forEach(answers::remove);
          occupants.remove(new Place(namespace, worker));
          evicted.stream().map(Broadcasts::whole).forEach(listener);
          return List.of();
        });
  }

  /** Returns what is known of a worker; empty if there is none of that name. */
  public Optional<Worker> known(String namespace, WorkerId worker) {
    return Optional.ofNullable(workers.get(new Place(namespace, worker)));
  }

  /** Returns the tasks that have their place on a worker. */
  public Set<TaskId> on(String namespace, WorkerId worker) {
    return occupants.getOrDefault(new Place(namespace, worker), Set.of()).stream()
        .map(Broadcasts::whole)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns what runs on a worker, as soon as all that was said before has been done; empty if the
   * worker is not known, or these queues are closed.
   */
  public CompletableFuture<Optional<FleetSnapshot.Entry>> worker(
      String namespace, WorkerId worker) {
    CompletableFuture<Optional<FleetSnapshot.Entry>> entry = new CompletableFuture<>();
    try {
      thread.execute(
          () ->
              entry.complete(
                  Optional.ofNullable(queues.get(namespace))
                      .flatMap(queue -> queue.worker(worker))));
    } catch (RejectedExecutionException e) {
      entry.complete(Optional.empty());
    }
    return entry;
  }

  /**
   * Who a request fits.
   *
   * @param workers those that it fits now, in the fleet's order
   * @param refusal why it does not fit the others
   */
  public record Fit(List<WorkerId> workers, Optional<NotPlaced> refusal) {}

  /**
   * Returns who a request fits, as soon as all that was said before has been done; nobody where
   * these queues are closed. Nothing is reserved.
   */
  public CompletableFuture<Fit> fit(String namespace, TaskRequest request) {
    CompletableFuture<Fit> fit = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            PlacementQueue queue = queues.get(namespace);
            fit.complete(
                queue == null
                    ? new Fit(List.of(), Optional.empty())
                    : new Fit(queue.fitting(request), Optional.of(queue.explain(request))));
          });
    } catch (RejectedExecutionException e) {
      fit.complete(new Fit(List.of(), Optional.empty()));
    }
    return fit;
  }

  /** Returns the last answer: where the task may run, or why it waits; empty if there is none. */
  public Optional<Placement> answer(TaskId task) {
    return Optional.ofNullable(answers.get(task));
  }

  private void changed(String namespace, Function<PlacementQueue, List<Placed>> change) {
    run(
        namespace,
        queue -> {
          changed.add(namespace);
          List<Placed> placed = new ArrayList<>(change.apply(queue));
          for (TaskRequest task : broadcasts.waiting(namespace)) {
            placed.addAll(spread(namespace, queue, task));
          }
          return placed;
        });
  }

  private void explain(PlacementQueue queue, String namespace) {
    broadcasts.waiting(namespace).forEach(task -> answer(queue.explain(task)));
  }

  private List<Placed> spread(String namespace, PlacementQueue queue, TaskRequest task) {
    Set<WorkerId> fitting = Set.copyOf(queue.fitting(task));
    if (fitting.isEmpty()) {
      return List.of();
    }
    List<Placed> placed = new ArrayList<>();
    for (WorkerId worker : fitting) {
      TaskId part = Broadcasts.part(task.id(), worker);
      occupy(namespace, new Placed(part, worker));
      placed.addAll(queue.reserve(part, worker, task.resources()));
    }
    answers.remove(task.id());
    broadcasts.place(task.id(), fitting);
    listener.accept(task.id());
    return placed;
  }

  private void run(String namespace, Function<PlacementQueue, List<Placed>> step) {
    try {
      thread.execute(
          () -> {
            PlacementQueue queue =
                queues.computeIfAbsent(
                    namespace,
                    absent ->
                        PlacementQueue.builder()
                            .clock(clock)
                            .policies(policies)
                            .environment(environment)
                            .build());
            step.apply(queue)
                .forEach(
                    placed -> {
                      refused(namespace).remove(placed.task());
                      occupy(namespace, placed);
                      listener.accept(placed.task());
                    });
          });
    } catch (RejectedExecutionException e) {
      // Closed: nobody waits for the answer any more.
    }
  }

  private void tick() {
    Set.copyOf(queues.keySet()).forEach(namespace -> run(namespace, PlacementQueue::tick));
    explainAnew();
  }

  private void explainAnew() {
    for (String namespace : changed) {
      PlacementQueue queue = queues.get(namespace);
      if (queue != null) {
        List.copyOf(refused(namespace)).forEach(task -> explain(namespace, queue, task));
        explain(queue, namespace);
      }
    }
    changed.clear();
  }

  private void explain(String namespace, PlacementQueue queue, TaskId task) {
    if (queue.placement(task).orElse(null) instanceof NotPlaced refusal) {
      refused(namespace).add(task);
      answer(refusal);
    }
  }

  private void answer(NotPlaced refusal) {
    if (!refusal.equals(answers.put(refusal.task(), refusal))) {
      listener.accept(refusal.task());
    }
  }

  private void occupy(String namespace, Placed placed) {
    answers.put(placed.task(), placed);
    occupants(namespace, placed.worker()).add(placed.task());
  }

  private Set<TaskId> occupants(String namespace, WorkerId worker) {
    return occupants.computeIfAbsent(
        new Place(namespace, worker), absent -> ConcurrentHashMap.newKeySet());
  }

  private Set<TaskId> refused(String namespace) {
    return refused.computeIfAbsent(namespace, absent -> new LinkedHashSet<>());
  }

  private static boolean contains(List<Placed> placed, TaskId task) {
    return placed.stream().anyMatch(one -> one.task().equals(task));
  }

  private static List<Placed> concat(List<Placed> a, List<Placed> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  @Override
  public void close() {
    MoreExecutors.shutdownAndAwaitTermination(thread, 5, TimeUnit.SECONDS);
  }
}
