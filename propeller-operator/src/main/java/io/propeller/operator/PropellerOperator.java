package io.propeller.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Task;
import io.propeller.fl.store.FileModelStore;
import io.propeller.fl.store.ModelStore;
import io.propeller.mqtt.client.Broker;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Credentials;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.Secret;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.Discovery;
import io.propeller.operator.internal.batch.PropellerJobReconciler;
import io.propeller.operator.internal.channel.Conversation;
import io.propeller.operator.internal.channel.Inbox;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.event.PodEvents;
import io.propeller.operator.internal.federated.FederatedLearning;
import io.propeller.operator.internal.federated.TidyStore;
import io.propeller.operator.internal.federated.WorkerAddress;
import io.propeller.operator.internal.health.Access;
import io.propeller.operator.internal.health.BrokerHealth;
import io.propeller.operator.internal.health.Complaints;
import io.propeller.operator.internal.health.Health;
import io.propeller.operator.internal.http.Probes;
import io.propeller.operator.internal.leader.Leadership;
import io.propeller.operator.internal.leader.Turn;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.operator.internal.module.AuthFile;
import io.propeller.operator.internal.module.FetchRules;
import io.propeller.operator.internal.module.Modules;
import io.propeller.operator.internal.module.Network;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.placement.PolicyLog;
import io.propeller.operator.internal.profile.ProfileWatch;
import io.propeller.operator.internal.proplet.PendingStops;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.operator.internal.proplet.PropletReconciler;
import io.propeller.operator.internal.proplet.Registration;
import io.propeller.operator.internal.status.Refresh;
import io.propeller.operator.internal.task.Answers;
import io.propeller.operator.internal.task.Outbox;
import io.propeller.operator.internal.task.Stops;
import io.propeller.operator.internal.task.Takeover;
import io.propeller.operator.internal.task.TaskReconciler;
import io.propeller.scheduler.lifecycle.Liveness;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.policy.PolicyRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operator at work: it places the Tasks of a cluster on its Proplets, speaks with those over
 * MQTT, and records what comes of it.
 *
 * <p>At most one may work on a channel at a time; see {@link OperatorOptions#leaderElect()}.
 */
public final class PropellerOperator implements AutoCloseable {

  private static final Duration EXPLAIN_EVERY = Duration.ofSeconds(1);
  private static final Duration REGISTER_EVERY = Duration.ofMillis(200);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final OperatorOptions options;
  private final KubernetesClient client;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final Answers answers = new Answers();
  private final PropletDirectory directory;
  private final Placements placements;
  private final ProfileWatch profiles;
  private final Events events;
  private final Outbox outbox;
  private final Stops stops;
  private final Modules modules;
  private final PropletReconciler proplets;
  private final FederatedLearning federated;
  private final TaskReconciler tasks;
  private final PropellerJobReconciler batches;
  private final Reconcilers reconcilers;
  private final Conversation conversation;
  private final Health health;
  private final Turn turn;
  private final ScheduledExecutorService sweeper =
      Executors.newScheduledThreadPool(
          2, // Who waits for the API server must not keep the other from noticing silence.
          task -> {
            Thread thread = new Thread(task, "liveliness");
            thread.setDaemon(true);
            return thread;
          });
  private volatile ConnectionState connection = new ConnectionState.Connecting(1);
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile boolean working;
  private volatile @Nullable Probes probes;

  private PropellerOperator(
      KubernetesClient client,
      Broker broker,
      OperatorOptions options,
      Optional<TidyStore> store,
      InstantSource clock) {
    this.client = client;
    this.options = options;
    this.reconcilers = new Reconcilers(client, options.watchNamespaces());
    this.health =
        new Health(
            new Access(
                client,
                options.watchNamespaces(),
                options.leaderElect() ? Optional.of(Leadership.LEASE) : Optional.empty()),
            new BrokerHealth(options.mqttAddress()),
            reconcilers::problem);
    this.turn =
        new Turn(
            client,
            health,
            options.leaderElect()
                ? Optional.of(options.podName().orElse("operator"))
                : Optional.empty(),
            this::work,
            this::end);
    this.directory =
        new PropletDirectory(
            new Liveness(options.lastSeenThreshold()), clock, this::propletChanged);
    this.placements =
        new Placements(
            PolicyRegistry.installed(),
            PolicyLog.environment(),
            clock,
            EXPLAIN_EVERY,
            this::placementChanged);
    this.profiles = new ProfileWatch(directory::hostMemory, this::wakeProplet);
    this.events = new Events(client, metrics, clock);
    PendingStops pendingStops =
        new PendingStops(directory::isHeard, clock, this::wakeProplet, this::wakeTask);
    Refresh refresh = Refresh.of(options.statusRefresh());
    this.proplets =
        new PropletReconciler(
            directory, placements, profiles, pendingStops, options.channel(), clock, refresh);
    this.modules =
        new Modules(
            new FetchRules(
                options.registryHosts(),
                options.registryNetworks().stream().map(Network::parse).toList()),
            options.mqttTimeout(),
            options.registryAuthFile().map(AuthFile::new));
    this.conversation =
        new Conversation(
            broker,
            OperatorChannelOptions.builder()
                .channel(options.channel())
                .clientId(options.clientId())
                .qos(options.mqttQos())
                .build(),
            modules);
    this.outbox = new Outbox(conversation::channel);
    this.stops = new Stops(conversation::channel, this::isConnected, pendingStops);
    this.federated =
        new FederatedLearning(
            store,
            this::resultRefs,
            namespace ->
                options.watchNamespaces().isEmpty()
                    || options.watchNamespaces().contains(namespace),
            WorkerAddress.of(options.coordinatorUrl(), options.dataStoreUrl()),
            options.acceptRoundStart(),
            client,
            directory,
            placements,
            events,
            metrics,
            this::findTask,
            this::readTask,
            this::wakeTask,
            complete -> conversation.channel().publish(complete, Dialect.WASMTIME),
            clock);
    this.tasks =
        new TaskReconciler(
            directory,
            placements,
            answers,
            outbox,
            stops,
            profiles,
            modules,
            federated,
            store.map(ModelStore.class::cast),
            refresh.pace(),
            events,
            metrics,
            this::isConnected,
            clock);
    this.batches = new PropellerJobReconciler(client, tasks.index(), refresh.pace(), events, clock);
    tasks.tell(batches::changed);
  }

  /**
   * Starts an operator on the broker that the options name; see {@link #start(KubernetesClient,
   * Broker, OperatorOptions, InstantSource)}.
   */
  public static PropellerOperator start(KubernetesClient client, OperatorOptions options)
      throws IOException {
    BrokerOptions broker =
        BrokerOptions.builder()
            .address(options.mqttAddress())
            .credentials(
                options.clientKey().map(key -> new Credentials(Secret.of(options.clientId()), key)))
            .connectTimeout(options.mqttTimeout())
            .publishTimeout(options.mqttTimeout())
            .build();
    return start(client, MqttBroker.of(broker), options, InstantSource.system());
  }

  /**
   * Starts an operator. Returns when it has read what there is, or stands by for its turn to lead.
   * The broker need not be there yet; an API server that is not, or that refuses it what it needs,
   * is asked again until it is.
   *
   * @param client is not closed with the operator
   * @param clock tells the time
   * @throws IOException if an address cannot be listened on, or the model store not be opened
   */
  public static PropellerOperator start(
      KubernetesClient client, Broker broker, OperatorOptions options, InstantSource clock)
      throws IOException {
    Optional<TidyStore> store =
        options.modelStore().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new TidyStore(
                    FileModelStore.open(
                        options.modelStore().get(), clock, options.modelStoreLimit())));
    PropellerOperator operator = new PropellerOperator(client, broker, options, store, clock);
    try {
      operator.start();
      return operator;
    } catch (IOException | RuntimeException e) {
      operator.close();
      throw e;
    }
  }

  private void start() throws IOException {
    show();
    probes = Probes.listen(options, health, metrics);
    if (options.coordinatorBindAddress().isPresent()) {
      federated.listen(options.coordinatorBindAddress().get());
    }
    PodEvents news =
        PodEvents.of(events, client.getNamespace(), options.podName(), options.podUid());
    Complaints complaints = new Complaints(health::checks, news::tell);
    var unused =
        sweeper.scheduleWithFixedDelay(
            complaints::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    turn.await(sweeper);
  }

  private void work() {
    health.leads();
    Takeover.restore(
        client,
        options.watchNamespaces(),
        proplets,
        placements,
        outbox,
        stops,
        options.mqttTimeout());
    reconcilers.addForAllEvents(proplets);
    reconcilers.add(tasks);
    reconcilers.add(batches);
    reconcilers.add(federated.jobs());
    reconcilers.add(federated.rounds());
    reconcilers.start();
    batches.begin();
    federated.restore();
    working = true;
    // Only now: a result that arrives must find its Task.
    conversation.begin(
        new Inbox(
            directory,
            profiles,
            tasks.index(),
            answers,
            metrics,
            tasks::measured,
            newcomers(),
            conversation::send,
            federated::onUpdate,
            federated::onRoundStart,
            tasks::wake,
            this::connectionChanged));
    // It may have connected before it was known here.
    connectionChanged(connection);
    long interval = options.livelinessInterval().toMillis();
    var unused =
        sweeper.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    directory.sweep();
    stops.repeat();
  }

  private Predicate<Discovery> newcomers() {
    if (options.registerIn().isEmpty()) {
      return device -> false;
    }
    Registration registration =
        new Registration(
            client,
            directory,
            options.channel(),
            options.registerIn().get(),
            options.mqttAddress().host() + ":" + options.mqttAddress().port(),
            options.registerLimit());
    var unused =
        sweeper.scheduleWithFixedDelay(
            registration::step, 0, REGISTER_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return registration::offer;
  }

  private void show() {
    metrics.show("propeller.leader", "1 where this operator leads", () -> working ? 1 : 0);
    metrics.show(
        "propeller.broker.connected",
        "1 while the session that carries results is up",
        () -> isConnected() ? 1 : 0);
    metrics.show(
        "propeller.proplets.connected", "proplets that give signs of life", directory::present);
  }

  /** Returns how the connection to the broker is that carries what must not be lost. */
  public ConnectionState connection() {
    return connection;
  }

  /** Returns what completes when the operator cannot go on, with the reason. */
  public CompletionStage<String> ended() {
    return ended.minimalCompletionStage();
  }

  private void end(String reason) {
    // Whoever leads now takes the session: brokers that do not say so would have both fight for it.
    conversation.close();
    ended.complete(reason);
  }

  private boolean isConnected() {
    return conversation.hasBegun() && connection instanceof ConnectionState.Connected;
  }

  private void connectionChanged(ConnectionState state) {
    connection = state;
    health.brokerChanged(state);
    if (isConnected()) {
      stops.flush();
      federated.connected();
      tasks.index().unfinished().forEach(tasks::wake);
    } else if (state instanceof ConnectionState.TakenOver) {
      end("another client has connected to the broker as " + options.clientId());
    }
  }

  private void wakeProplet(ResourceID proplet) {
    proplets.wake(proplet);
  }

  private Optional<ResourceID> findTask(String uid) {
    return tasks.index().byUid(uid);
  }

  private Stream<String> resultRefs() {
    return tasks.index().resultRefs();
  }

  private Optional<Task> readTask(ResourceID task) {
    return tasks.index().find(task);
  }

  private void wakeTask(ResourceID task) {
    tasks.wake(task);
  }

  private void propletChanged(ResourceID proplet) {
    proplets.wake(proplet);
    federated.propletChanged(proplet);
    placements
        .on(proplet.getNamespace().orElse(""), WorkerId.of(proplet.getName()))
        .forEach(this::placementChanged);
  }

  private void placementChanged(TaskId task) {
    tasks.index().byUid(task.value()).ifPresent(tasks::wake);
  }

  /** Stops at once what is in hand; whoever starts next goes on with it. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    conversation.close();
    answers.clear();
    reconcilers.stop();
    batches.close();
    turn.close();
    federated.close();
    placements.close();
    events.close();
    modules.close();
    if (probes != null) {
      probes.close();
    }
    metrics.close();
  }
}
