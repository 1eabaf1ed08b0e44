package io.propeller.mqtt.message;

/** What a task gave back. */
public sealed interface TaskOutput {

  /** Empty text. */
  TaskOutput NOTHING = new Text("");

  /**
   * Text: a function's first value, or what a command wrote.
   *
   * @param text the text, perhaps empty
   */
  record Text(String text) implements TaskOutput {}

  /**
   * An update from a federated task.
   *
   * @param update the update
   */
  record Federated(Update update) implements TaskOutput {}

  /**
   * Any other JSON.
   *
   * @param value neither a text nor an update
   */
  record Other(Json value) implements TaskOutput {}

  /** Returns text as output. */
  static TaskOutput text(String text) {
    return new Text(text);
  }
}
