package io.propeller.mqtt.codec;

import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.Update;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of an object that may be an update. Whether it is one shows at its end only,
 * and what a task gives back may be any object: so a field of a wrong type is no error until then.
 */
final class UpdateEnvelope {

  private @Nullable TaskId taskId;
  private @Nullable String jobId;
  private @Nullable RoundId roundId;
  private @Nullable String globalVersion;
  private @Nullable PropletId propletId;
  private @Nullable Long numSamples;
  private @Nullable Bytes payload;
  private @Nullable String format;
  private @Nullable String error;
  private Map<String, Double> metrics = Map.of();
  private @Nullable DecodeException wrong;
  private @Nullable UpdateEnvelope inner;
  private boolean modulesOwn;

  private UpdateEnvelope() {}

  /** Reads the object at hand to its end. */
  static UpdateEnvelope read(JsonReader in) throws IOException, DecodeException {
    UpdateEnvelope envelope = new UpdateEnvelope();
    int from = in.tokenOffset();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      envelope.readField(in, field);
    }
    if (envelope.modulesOwn && envelope.payload == null && envelope.inner == null) {
      envelope.payload = in.bytes(from);
    }
    return envelope;
  }

  private void readField(JsonReader in, String field) throws IOException, DecodeException {
    switch (field) {
      case "update_envelope", "results" -> {
        if (in.atObject()) {
          UpdateEnvelope nested = read(in);
          inner = nested.isUpdate() ? nested : inner;
        } else {
          in.skip();
        }
      }
      case "task_id" -> taskId = text(in) ? in.taskId() : taskId;
      case "job_id" -> jobId = scalar(in) ? in.textOrNumber() : jobId;
      case "round_id" -> roundId = scalar(in) ? in.roundId() : roundId;
      case "global_version" -> globalVersion = scalar(in) ? in.textOrNumber() : globalVersion;
      case "proplet_id" -> propletId = text(in) ? in.propletId() : propletId;
      case "num_samples" -> numSamples = is(in, in.atNumber()) ? (Long) in.whole() : numSamples;
      case "update_b64" -> payload = text(in) ? in.base64() : payload;
      case "format" -> format = text(in) ? in.text() : format;
      case "error" -> error = text(in) ? in.text() : error;
      case "metrics" -> metrics = is(in, in.atObject()) ? in.map(JsonReader::figure) : metrics;
      case "update" -> {
        modulesOwn = true;
        in.skip();
      }
      default -> in.skip();
    }
  }

  /** Returns whether this is an update, or holds one. */
  boolean isUpdate() {
    return inner != null
        || payload != null
        || (roundId != null && error != null && !error.isEmpty());
  }

  /** Returns whether the module itself wrote this, so that the names in it are whatever it says. */
  boolean isModulesOwn() {
    return inner == null ? modulesOwn : inner.isModulesOwn();
  }

  /**
   * Returns the update.
   *
   * @throws DecodeException if a field has the wrong type, or there is no round
   */
  Update toUpdate(JsonReader in) throws DecodeException {
    if (inner != null) {
      return inner.toUpdate(in);
    }
    if (wrong != null) {
      throw wrong;
    }
    var update = Update.builder();
    if (taskId != null) {
      update.taskId(taskId);
    }
    if (jobId != null) {
      update.jobId(jobId);
    }
    if (globalVersion != null) {
      update.globalVersion(globalVersion);
    }
    if (propletId != null) {
      update.propletId(propletId);
    }
    if (numSamples != null) {
      update.numSamples(numSamples);
    }
    if (format != null) {
      update.format(format);
    }
    if (error != null && !error.isEmpty()) {
      update.error(error);
    }
    return update
        .roundId(in.require(roundId, "round_id"))
        .payload(payload == null ? Bytes.empty() : payload)
        .metrics(metrics)
        .build();
  }

  private boolean text(JsonReader in) throws IOException {
    return is(in, in.atText());
  }

  private boolean scalar(JsonReader in) throws IOException {
    return is(in, in.atText() || in.atNumber());
  }

  /** Returns whether the value at hand has the right type; passes over it if not. */
  private boolean is(JsonReader in, boolean right) throws IOException {
    if (!right) {
      wrong = wrong == null ? in.refuse(Reason.WRONG_TYPE) : wrong;
      in.skip();
    }
    return right;
  }
}
