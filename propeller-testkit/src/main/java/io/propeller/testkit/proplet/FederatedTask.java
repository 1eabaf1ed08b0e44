package io.propeller.testkit.proplet;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.ImmutableUpdate;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Update;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task that trains for a round, as its environment describes it. Every task is one whose
 * environment has a {@code ROUND_ID} that can name a round.
 *
 * @param start what it was started with
 * @param worker who runs it
 * @param round what it trains for
 */
record FederatedTask(Start start, PropletId worker, RoundId round) {

  private static final String DEFAULT_FORMAT = "f32-delta";
  private static final Pattern VERSION = Pattern.compile("\\d+$");

  static Optional<FederatedTask> of(Start start, PropletId worker) {
    try {
      return Optional.ofNullable(start.env().get("ROUND_ID"))
          .map(RoundId::of)
          .map(round -> new FederatedTask(start, worker, round));
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /** Returns where the model is to be had; empty where the task names none, or no registry. */
  Optional<String> modelUrl() {
    return variable("MODEL_URI")
        .flatMap(
            model -> variable("MODEL_REGISTRY_URL").map(url -> url + "/models/" + version(model)));
  }

  /** Returns where the update is to be sent; without that, nothing is said of the task at all. */
  Optional<String> updateUrl() {
    return variable("MANAGER_COORDINATOR_URL").map(url -> url + "/update");
  }

  /** Returns the envelope of what the module printed. */
  Update update(String printed) {
    ImmutableUpdate.Builder update =
        Update.builder()
            .taskId(start.id())
            .propletId(worker)
            .roundId(round)
            .payload(Bytes.wrap(printed.getBytes(StandardCharsets.UTF_8)))
            .format(variable("FL_FORMAT").orElse(DEFAULT_FORMAT));
    variable("FL_JOB_ID").ifPresent(update::jobId);
    variable("FL_GLOBAL_VERSION").ifPresent(update::globalVersion);
    variable("FL_NUM_SAMPLES")
        .filter(number -> number.matches("\\d{1,18}"))
        .ifPresent(number -> update.numSamples(Long.parseLong(number)));
    return update.build();
  }

  /** Returns the number at the end of the reference's last segment; 0 if there is none. */
  private static String version(String model) {
    Matcher number = VERSION.matcher(model.substring(model.lastIndexOf('/') + 1));
    return number.find() ? number.group() : "0";
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(start.env().get(name)).filter(value -> !value.isEmpty());
  }
}
