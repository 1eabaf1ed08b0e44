package io.propeller.operator.internal.channel;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.client.Refusal;
import io.propeller.mqtt.client.SessionKind;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.mqtt.message.Update;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.operator.internal.profile.ProfileWatch;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.operator.internal.task.Answers;
import io.propeller.operator.internal.task.Reply;
import io.propeller.operator.internal.task.TaskIndex;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each message to who it is for, and counts those that are for nobody. */
public final class Inbox implements OperatorListener {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  private final PropletDirectory proplets;
  private final ProfileWatch profiles;
  private final TaskIndex tasks;
  private final Answers answers;
  private final OperatorMetrics metrics;
  private final Predicate<TaskMetrics> taskMetrics;
  private final Predicate<Discovery> newcomers;
  private final Consumer<FetchRequest> modules;
  private final Consumer<Delivery<Update>> updates;
  private final Consumer<Delivery<RoundStart>> rounds;
  private final Consumer<ResourceID> wake;
  private final Consumer<ConnectionState> connection;

  /**
   * Makes an inbox.
   *
   * @param taskMetrics takes what was measured of a Task; returns whether it is of any
   * @param newcomers is offered each device that announced itself and is nobody's, and says whether
   *     that is of use
   * @param modules is told of each wish for a module
   * @param updates takes what comes on the topics of rounds, and acknowledges it
   * @param rounds takes what coordinators wish for, and acknowledges it
   * @param wake is told of each Task that has an answer
   * @param connection is told how the connection is that carries what must not be lost
   */
  public Inbox(
      PropletDirectory proplets,
      ProfileWatch profiles,
      TaskIndex tasks,
      Answers answers,
      OperatorMetrics metrics,
      Predicate<TaskMetrics> taskMetrics,
      Predicate<Discovery> newcomers,
      Consumer<FetchRequest> modules,
      Consumer<Delivery<Update>> updates,
      Consumer<Delivery<RoundStart>> rounds,
      Consumer<ResourceID> wake,
      Consumer<ConnectionState> connection) {
    this.proplets = proplets;
    this.profiles = profiles;
    this.tasks = tasks;
    this.answers = answers;
    this.metrics = metrics;
    this.taskMetrics = taskMetrics;
    this.newcomers = newcomers;
    this.modules = modules;
    this.updates = updates;
    this.rounds = rounds;
    this.wake = wake;
    this.connection = connection;
  }

  @Override
  public void onResult(Delivery<Result> delivery) {
    if (!keep(Reply.of(delivery))) {
      metrics.resultRefused("unknown");
      delivery.acknowledge();
    }
  }

  @Override
  public void onInvokeResult(Delivery<InvokeResult> delivery) {
    if (Reply.ofCall(delivery).filter(this::keep).isEmpty()) {
      metrics.resultRefused("unknown");
      delivery.acknowledge();
    }
  }

  /** Returns whether a reply is of some Task, which then has it. */
  private boolean keep(Reply reply) {
    Optional<String> uid = AttemptId.parse(reply.result().taskId().value()).map(AttemptId::task);
    Optional<ResourceID> task = uid.flatMap(tasks::byUid);
    if (task.isEmpty()) {
      return false;
    }
    answers.add(uid.get(), reply);
    wake.accept(task.get());
    return true;
  }

  @Override
  public void onDiscovery(Delivery<Discovery> delivery) {
    Discovery discovery = delivery.message();
    if (!proplets.started(discovery.propletId(), discovery.metadata())
        && !newcomers.test(discovery)) {
      metrics.messageRefused("unknown");
    }
    delivery.acknowledge();
  }

  @Override
  public void onAlive(Alive alive) {
    boolean left = alive.status() == Alive.Status.OFFLINE;
    if (!proplets.heard(alive.propletId(), left, alive.metadata())) {
      metrics.messageRefused("unknown");
    }
  }

  @Override
  public void onPropletMetrics(PropletMetrics load) {
    profiles.measured(load);
    if (!proplets.measured(load)) {
      metrics.messageRefused("unknown");
    }
  }

  @Override
  public void onTaskMetrics(TaskMetrics load) {
    if (!taskMetrics.test(load)) {
      metrics.messageRefused("unknown");
    }
  }

  @Override
  public void onFetchRequest(Delivery<FetchRequest> delivery) {
    modules.accept(delivery.message());
    delivery.acknowledge();
  }

  @Override
  public void onUpdate(Delivery<Update> delivery) {
    updates.accept(delivery);
  }

  @Override
  public void onRoundStart(Delivery<RoundStart> delivery) {
    rounds.accept(delivery);
  }

  @Override
  public void refused(Refusal refusal) {
    if (refusal instanceof Refusal.Undecodable undecodable) {
      metrics.messageRefused(undecodable.cause().reason().name());
      log.warn("message refused: {}", undecodable.cause().getMessage());
    } else if (refusal instanceof Refusal.Rejected rejected) {
      metrics.messageRefused("rejected");
      log.error(
          "message {} on {} could not be handled",
          rejected.digest(),
          rejected.topic(),
          rejected.cause());
    } else {
      metrics.messageRefused("dropped");
    }
  }

  @Override
  public void connectionChanged(SessionKind session, ConnectionState state) {
    log.info("{} connection: {}", session, state);
    if (session == SessionKind.STATE) {
      connection.accept(state);
    } else {
      proplets.listening(state instanceof ConnectionState.Connected);
    }
  }
}
