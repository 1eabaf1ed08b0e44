package io.propeller.mqtt.topic;

import java.util.List;

/**
 * What a topic says about the messages on it.
 *
 * @param subtopic the kind of message
 * @param levels what stands in the topic for each variable level of the kind, in order
 */
public record Route(Subtopic<?> subtopic, List<String> levels) {

  /** Makes the levels immutable. */
  public Route {
    levels = List.copyOf(levels);
  }
}
