package io.propeller.mqtt.client;

import java.time.Instant;

/** How a connection to the broker is. */
public sealed interface ConnectionState {

  /** What became of the session that the broker keeps. */
  enum Session {
    /**
     * There was none to expect: this is the channel's first connection, or one that starts anew
     * each time.
     */
    NEW,
    /** It is as it was left: nothing was lost. */
    RESUMED,
    /** The broker no longer had it: messages may be lost. */
    LOST
  }

  /**
   * Trying.
   *
   * @param attempt how often in a row, from 1
   */
  record Connecting(int attempt) implements ConnectionState {}

  /**
   * Connected and subscribed.
   *
   * @param session what became of the session
   */
  record Connected(Session session) implements ConnectionState {}

  /**
   * Not connected; will try again.
   *
   * @param reason why, for people
   * @param retryAt when
   */
  record Disconnected(String reason, Instant retryAt) implements ConnectionState {}

  /**
   * Another client has connected with the same id. Final: this one does not try again. Not every
   * broker says so: MQTT 3.1.1 has no word for it, and Mosquitto 2.0 closes the connection without
   * one. The state is then {@link Disconnected}, and both clients go on to take the session from
   * each other, ever more slowly, until one of them is closed; so what decides who is the operator
   * must not be the broker alone.
   */
  record TakenOver() implements ConnectionState {}

  /** Closed. Final. */
  record Closed() implements ConnectionState {}
}
