package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Task;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskId;
import io.propeller.operator.internal.proplet.PendingStops;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has attempts stopped: tells the broker as soon as there is a connection, and again when a proplet
 * is back that was away.
 *
 * <p>Safe for use by any thread.
 */
public final class Stops {

  private final Map<AttemptId, String> unsent = new ConcurrentHashMap<>();
  private final Supplier<OperatorChannel> channel;
  private final BooleanSupplier connected;
  private final PendingStops pending;

  /**
   * Makes one.
   *
   * @param channel is asked for while there is a connection
   * @param connected whether there is one
   * @param pending who may not have heard what
   */
  public Stops(Supplier<OperatorChannel> channel, BooleanSupplier connected, PendingStops pending) {
    this.channel = channel;
    this.connected = connected;
    this.pending = pending;
  }

  /**
   * Has an attempt stopped.
   *
   * @param function that its task calls
   * @param proplets that may run it
   */
  void stop(AttemptId attempt, String function, Set<ResourceID> proplets) {
    proplets.forEach(proplet -> pending.add(proplet, attempt, function));
    send(attempt, function);
  }

  /** Has an attempt stopped that a proplet did not hear of then, since it was away. */
  void stopMissed(ResourceID proplet, AttemptId attempt, String function, Instant then) {
    pending.addMissed(proplet, attempt, function, then);
  }

  /** Has an attempt stopped when there is a connection. */
  void stopLater(AttemptId attempt, String function) {
    unsent.put(attempt, function);
  }

  /**
   * Records that a task is being deleted.
   *
   * @return whether that is new, so that what runs of it is to be stopped
   */
  boolean delete(Task task) {
    return pending.delete(task.getMetadata().getUid(), ResourceID.fromResource(task));
  }

  /** Returns how long a deleted task still has to wait; empty if it may go, as it then does. */
  Optional<Duration> timeToWait(Task task) {
    return pending.timeToWait(task.getMetadata().getUid());
  }

  /** Sends what could not be sent before. To be called when there is a connection. */
  public void flush() {
    Map.copyOf(unsent).forEach(this::send);
  }

  /** Sends again what was not heard and would be now. To be called from time to time. */
  public void repeat() {
    pending.due().forEach(this::send);
  }

  private void send(AttemptId attempt, String function) {
    unsent.put(attempt, function);
    if (!connected.getAsBoolean()) {
      pending.unsent(attempt);
    } else if (unsent.remove(attempt, function)) {
      var unused =
          channel
              .get()
              .publish(message(attempt, function), Dialect.WASMTIME)
              .whenComplete((done, failure) -> sent(attempt, function, failure));
    }
  }

  private static Stop message(AttemptId attempt, String function) {
    TaskId id = TaskId.of(attempt.wire());
    try {
      return Stop.builder().id(id).name(function).build();
    } catch (IllegalArgumentException e) {
      // No Start could name it either.
      return Stop.of(id);
    }
  }

  private void sent(AttemptId attempt, String function, @Nullable Throwable failure) {
    if (failure == null) {
      pending.sent(attempt);
    } else {
      unsent.put(attempt, function);
      pending.unsent(attempt);
    }
  }
}
