package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.fl.store.ModelStore;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.message.Update;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.operator.internal.task.Federation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Federated learning: the reconcilers of FederatedJob and TrainingRound, and all ways on which
 * updates come in. Safe for use by any thread.
 */
public final class FederatedLearning implements Federation, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FederatedLearning.class);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "updates");
            created.setDaemon(true);
            return created;
          });
  private final FederatedState state;
  private final Function<ResourceID, Optional<Task>> tasks;
  private final FederatedJobReconciler jobs;
  private final TrainingRoundReconciler rounds;
  private final Endings endings;
  private final UpdateInbox inbox;
  private final Senders senders;
  private final Optional<RoundRequests> requests;
  private volatile WorkerAddress address;
  private @Nullable WorkerServer server;

  /**
   * Makes what there is to federated learning; nothing happens before {@link #restore}.
   *
   * @param store where models and rounds are kept; without one nothing begins
   * @param results the references of the results of Tasks that are in the store
   * @param served says whether the resources of a namespace are served
   * @param address where workers reach the operator
   * @param requestedIn the namespace in which TrainingRounds are made of the wishes of coordinators
   *     on the channel; empty if none are
   * @param findTask finds a Task by its UUID
   * @param readTask reads a Task as it is now, our own last writes included
   * @param wakeTask has a Task looked at
   * @param publish tells the workers that a round is over
   */
  public FederatedLearning(
      Optional<TidyStore> store,
      Supplier<Stream<String>> results,
      Predicate<String> served,
      WorkerAddress address,
      Optional<String> requestedIn,
      KubernetesClient client,
      PropletDirectory proplets,
      Placements placements,
      Events events,
      OperatorMetrics metrics,
      Function<String, Optional<ResourceID>> findTask,
      Function<ResourceID, Optional<Task>> readTask,
      Consumer<ResourceID> wakeTask,
      Function<RoundComplete, CompletionStage<Void>> publish,
      InstantSource clock) {
    this.address = address;
    this.tasks = readTask;
    Rounds open = new Rounds(metrics, this::wakeRound);
    this.state =
        new FederatedState(
            store.map(ModelStore.class::cast),
            open,
            new RoundEnvironment(() -> this.address),
            new Announcer(publish),
            clock,
            new SecureRandom());
    this.jobs =
        new FederatedJobReconciler(state, new Participants(proplets, placements), events, clock);
    this.rounds = new TrainingRoundReconciler(state, proplets, wakeTask, events, clock);
    this.endings = new Endings(state, this::wakeRound);
    this.senders = new Senders(open, proplets, findTask);
    Housekeeping housekeeping = new Housekeeping(state.experiments(), open, results, served, clock);
    store.ifPresent(one -> one.tidy(housekeeping.steps()));
    this.requests =
        requestedIn.map(
            namespace -> new RoundRequests(client, namespace, proplets, metrics, thread));
    this.inbox = new UpdateInbox(open, senders, metrics, thread);
  }

  /** Returns what reconciles FederatedJobs. */
  public Reconciler<FederatedJob> jobs() {
    return jobs;
  }

  /** Returns what reconciles TrainingRounds. */
  public Reconciler<TrainingRound> rounds() {
    return rounds;
  }

  /**
   * Starts to listen for workers that ask for models and post updates.
   *
   * @throws IOException if the address cannot be bound; the message names it
   */
  public void listen(InetSocketAddress bind) throws IOException {
    WorkerServer listening = WorkerServer.listen(bind, state, senders, WorkerServer.Crowd.USUAL);
    server = listening;
    address = address.orOf(listening.address());
    log.info("workers are told to reach this operator at {}", address.url());
  }

  private void wakeRound(ResourceID round) {
    rounds.wake(round);
  }

  /**
   * Goes on with the rounds that another operator began. To be called once the reconcilers have
   * read what there is, and before any update can come in.
   */
  public void restore() {
    if (state.opener().isPresent()) {
      state
          .experiments()
          .rounds()
          .filter(round -> !RoundStatuses.isOver(round))
          .forEach(this::reopen);
    }
    state.ready();
  }

  private void reopen(TrainingRound round) {
    try {
      var unused = state.open(round);
    } catch (IOException | IllegalArgumentException e) {
      // Its reconciler tries again, or says so.
      log.warn("TrainingRound {} cannot go on: {}", round.getMetadata().getName(), e.getMessage());
    }
  }

  /** Takes an update that came on the topic of its round. Does not wait. */
  public void onUpdate(Delivery<Update> update) {
    inbox.take(update);
  }

  /** Takes a coordinator's wish for a round, if that is switched on. Does not wait. */
  public void onRoundStart(Delivery<RoundStart> wish) {
    requests.ifPresentOrElse(on -> on.take(wish), wish::acknowledge);
  }

  /** Has those rounds looked at that a proplet takes part in. */
  public void propletChanged(ResourceID proplet) {
    state
        .rounds()
        .all()
        .filter(round -> round.id().getNamespace().equals(proplet.getNamespace()))
        .filter(round -> round.hasParticipant(proplet.getName()))
        .forEach(round -> rounds.wake(round.id()));
  }

  /** Sends what could not be sent before. To be called when there is a connection. */
  public void connected() {
    state.announcer().flush();
  }

  @Override
  public Optional<String> objection(Task task) {
    return Endings.roundOf(task).isPresent() && RoundTasks.participant(task).isPresent()
        ? Optional.empty()
        : Optional.of(
            "spec.kind is federated, and the task belongs to no TrainingRound: create a"
                + " FederatedJob, which makes its rounds, and those their tasks");
  }

  @Override
  public Map<String, String> environment(Task task) {
    return Endings.roundOf(task)
        .flatMap(round -> state.rounds().find(round.getUid()))
        .map(OpenRound::passed)
        .orElse(Map.of());
  }

  @Override
  public Optional<Ending> ending(Task task, Optional<Result> result) {
    return endings.of(task, result);
  }

  @Override
  public Company company(Task task) {
    if (!state.isReady()) {
      return new Company.Awaited();
    }
    return Endings.roundOf(task)
        .flatMap(owner -> state.experiments().round(task, owner))
        .map(round -> RoundGang.of(task, round, tasks))
        .orElseGet(Company.Alone::new);
  }

  @Override
  public void close() {
    WorkerServer listening = server;
    if (listening != null) {
      listening.close();
    }
    thread.shutdownNow();
  }
}
