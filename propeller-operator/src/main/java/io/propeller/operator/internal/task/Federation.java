package io.propeller.operator.internal.task;

import io.propeller.api.v1.Task;
import io.propeller.mqtt.message.Result;
import io.propeller.operator.internal.placement.Gang;
import java.util.Map;
import java.util.Optional;

/**
 * The rounds of federated learning that Tasks of kind federated take part in.
 *
 * <p>Called by the threads that reconcile Tasks, several at a time.
 */
public interface Federation {

  /** No rounds: federated Tasks are refused. */
  Federation NONE =
      new Federation() {
        @Override
        public Optional<String> objection(Task task) {
          return Optional.of("spec.kind is federated, and this operator runs no rounds");
        }

        @Override
        public Map<String, String> environment(Task task) {
          return Map.of();
        }

        @Override
        public Optional<Ending> ending(Task task, Optional<Result> result) {
          return Optional.empty();
        }

        @Override
        public Company company(Task task) {
          return new Company.Alone();
        }
      };

  /** With whom a Task is placed. */
  sealed interface Company {

    /** With nobody. */
    record Alone() implements Company {}

    /** With others, of whom not all are known yet: the Task is woken once they may be. */
    record Awaited() implements Company {}

    /** With these. */
    record Together(Gang gang) implements Company {}
  }

  /**
   * What a federated Task has come to.
   *
   * @param result what is recorded of it, in a few words; never the update itself
   * @param error why its update does not count; empty if it does
   */
  record Ending(String result, Optional<String> error) {

    /** It has contributed to its round. */
    public static Ending counted(String result) {
      return new Ending(result, Optional.empty());
    }

    /** It has not, and will not. */
    public static Ending failed(String error) {
      return new Ending("", Optional.of(error));
    }
  }

  /** Returns why a federated Task cannot be run; empty if it can. */
  Optional<String> objection(Task task);

  /**
   * Returns what a worker finds in its environment besides what the spec says; it may be large, and
   * is not kept.
   */
  Map<String, String> environment(Task task);

  /**
   * Returns what a running Task has come to, with or without a result of its worker. A result that
   * has been taken is stored when this returns. Where there is none to tell yet, the Task is woken
   * once there may be.
   *
   * @param result what its worker returned, if it did
   * @throws java.io.UncheckedIOException if the result cannot be stored now
   */
  Optional<Ending> ending(Task task, Optional<Result> result);

  /** Returns with whom a Task is to be placed that waits for a place. */
  Company company(Task task);
}
