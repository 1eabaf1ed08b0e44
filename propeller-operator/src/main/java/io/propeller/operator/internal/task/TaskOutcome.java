package io.propeller.operator.internal.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.operator.internal.job.JobOutcome;
import java.util.Optional;

/**
 * What a result says, in the terms of a status.
 *
 * @param results what the task returned
 * @param error why it failed; empty if it did not
 */
record TaskOutcome(Optional<JsonNode> results, Optional<String> error) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static TaskOutcome of(Result result) {
    if (result.error().isPresent()) {
      return new TaskOutcome(Optional.empty(), result.error());
    }
    if (result.output() instanceof TaskOutput.Text text) {
      return succeeded(TextNode.valueOf(text.text()));
    }
    if (result.output() instanceof TaskOutput.Other other) {
      String text = other.value().text();
      try {
        return succeeded(JSON.readTree(text));
      } catch (JsonProcessingException e) {
        return failed("the result is not JSON: " + e.getOriginalMessage());
      }
    }
    return failed("the result is an update of a federated round; the task is not federated");
  }

  static TaskOutcome of(Federation.Ending ending) {
    return ending.error().isPresent()
        ? failed(ending.error().get())
        : succeeded(TextNode.valueOf(ending.result()));
  }

  /** Reads what a Job left: an object or an array is JSON, all else text, as a worker's is. */
  static TaskOutcome of(JobOutcome outcome) {
    if (outcome instanceof JobOutcome.Failed failed) {
      return failed(failed.error());
    }
    return ((JobOutcome.Succeeded) outcome)
        .output()
        .map(text -> succeeded(json(text)))
        .orElseGet(() -> new TaskOutcome(Optional.empty(), Optional.empty()));
  }

  private static JsonNode json(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return read.isContainerNode() ? read : TextNode.valueOf(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  static TaskOutcome succeeded(JsonNode results) {
    return new TaskOutcome(Optional.of(results), Optional.empty());
  }

  static TaskOutcome failed(String error) {
    return new TaskOutcome(Optional.empty(), Optional.of(error));
  }
}
