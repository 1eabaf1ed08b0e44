package io.propeller.mqtt.topic;

import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.StateMessage;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.mqtt.message.TelemetryMessage;
import io.propeller.mqtt.message.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A kind of message and where in a channel it is said.
 *
 * @param <M> the message
 */
public final class Subtopic<M extends Message> {

  /** Workers that are new. */
  public static final Subtopic<Discovery> DISCOVERY =
      new Subtopic<>("control/proplet/create", Discovery.class);

  /** Heartbeats and last wills. */
  public static final Subtopic<Alive> ALIVE = new Subtopic<>("control/proplet/alive", Alive.class);

  /** What workers measure of themselves. */
  public static final Subtopic<PropletMetrics> PROPLET_METRICS =
      new Subtopic<>("control/proplet/metrics", PropletMetrics.class);

  /** What came of tasks. */
  public static final Subtopic<Result> RESULT =
      new Subtopic<>("control/proplet/results", Result.class);

  /** What workers measure while tasks run. */
  public static final Subtopic<TaskMetrics> TASK_METRICS =
      new Subtopic<>("control/proplet/task_metrics", TaskMetrics.class);

  /** What came of calls of latent tasks. */
  public static final Subtopic<InvokeResult> INVOKE_RESULT =
      new Subtopic<>("control/proplet/invoke_results", InvokeResult.class);

  /** Tasks to run. */
  public static final Subtopic<Start> START = new Subtopic<>("control/manager/start", Start.class);

  /** Tasks to stop. */
  public static final Subtopic<Stop> STOP = new Subtopic<>("control/manager/stop", Stop.class);

  /** Calls of latent tasks. */
  public static final Subtopic<Invoke> INVOKE =
      new Subtopic<>("control/manager/invoke", Invoke.class);

  /** Requests for modules. */
  public static final Subtopic<FetchRequest> FETCH_REQUEST =
      new Subtopic<>("registry/proplet", FetchRequest.class);

  /** Pieces of modules. */
  public static final Subtopic<Chunk> CHUNK = new Subtopic<>("registry/server", Chunk.class);

  /** Wishes for rounds of federated learning. */
  public static final Subtopic<RoundStart> ROUND_START =
      new Subtopic<>("fl/rounds/start", RoundStart.class);

  /** Rounds that are over. */
  public static final Subtopic<RoundComplete> ROUND_COMPLETE =
      new Subtopic<>("fl/rounds/next", RoundComplete.class);

  /**
   * Contributions to rounds; the variable levels are the round and the worker. Some workers leave
   * out the base.
   */
  public static final Subtopic<Update> UPDATE =
      new Subtopic<>("fl/rounds/+/updates/+", Update.class);

  private static final List<Subtopic<?>> ALL =
      List.of(
          DISCOVERY,
          ALIVE,
          PROPLET_METRICS,
          RESULT,
          TASK_METRICS,
          INVOKE_RESULT,
          START,
          STOP,
          INVOKE,
          FETCH_REQUEST,
          CHUNK,
          ROUND_START,
          ROUND_COMPLETE,
          UPDATE);

  private static final Map<String, Route> FIXED =
      ALL.stream()
          .filter(subtopic -> subtopic.variables == 0)
          .collect(Collectors.toUnmodifiableMap(Subtopic::filter, s -> new Route(s, List.of())));

  /** The kind of each class of messages; what implements a message is generated. */
  private static final ClassValue<Optional<Subtopic<?>>> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected Optional<Subtopic<?>> computeValue(Class<?> type) {
          return ALL.stream().filter(kind -> kind.message.isAssignableFrom(type)).findFirst();
        }
      };

  private final String filter;
  private final Class<M> message;
  private final String[] pattern;
  private final int variables;

  private Subtopic(String filter, Class<M> message) {
    this.filter = filter;
    this.message = message;
    this.pattern = filter.split("/", -1);
    this.variables = (int) filter.chars().filter(c -> c == '+').count();
  }

  /** Returns every kind, in a fixed order. */
  public static List<Subtopic<?>> all() {
    return ALL;
  }

  /** Returns the kind that a message is of. */
  public static Subtopic<?> of(Message message) {
    return BY_CLASS
        .get(message.getClass())
        .orElseThrow(
            () -> new IllegalArgumentException("no topic for a " + message.getClass().getName()));
  }

  /**
   * Returns the kind's topic below the base of a channel, with {@code +} for a level that varies.
   */
  public String filter() {
    return filter;
  }

  /** Returns the type of the message. */
  public Class<M> message() {
    return message;
  }

  /** Returns whether the operator sends it; otherwise it receives it. */
  public boolean toWorkers() {
    return OperatorMessage.class.isAssignableFrom(message);
  }

  /** Returns whether it must not be lost on its way to the operator. */
  public boolean isState() {
    return StateMessage.class.isAssignableFrom(message);
  }

  /** Returns whether the next of its kind replaces it. */
  public boolean isTelemetry() {
    return TelemetryMessage.class.isAssignableFrom(message);
  }

  /** Returns whether some workers publish it without the base of their channel. */
  public boolean alsoWithoutBase() {
    return message == Update.class;
  }

  static Optional<Route> match(String suffix) {
    Route fixed = FIXED.get(suffix);
    return fixed != null ? Optional.of(fixed) : UPDATE.matchLevels(suffix);
  }

  String fill(String... levels) {
    if (levels.length != variables) {
      throw new IllegalArgumentException(
          filter + " has " + variables + " variable levels, not " + levels.length);
    }
    if (levels.length == 0) {
      return filter;
    }
    StringBuilder topic = new StringBuilder();
    int next = 0;
    for (String level : pattern) {
      topic.append(topic.isEmpty() ? "" : "/");
      topic.append(level.equals("+") ? Level.check("a level of " + filter, levels[next++]) : level);
    }
    return topic.toString();
  }

  private Optional<Route> matchLevels(String suffix) {
    String[] actual = suffix.split("/", -1);
    if (actual.length != pattern.length) {
      return Optional.empty();
    }
    List<String> levels = new ArrayList<>();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].equals("+") && Level.isOne(actual[i])) {
        levels.add(actual[i]);
      } else if (!pattern[i].equals(actual[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Route(this, levels));
  }

  @Override
  public String toString() {
    return filter;
  }
}
