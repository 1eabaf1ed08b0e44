package io.propeller.mqtt.client;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;

/**
 * Why a connection ended.
 *
 * @param reason for people
 * @param takenOver whether another client has connected with the same id
 */
record LinkLoss(String reason, boolean takenOver) {

  static LinkLoss of(Throwable cause) {
    boolean takenOver =
        cause instanceof Mqtt5DisconnectException disconnect
            && disconnect.getMqttMessage().getReasonCode()
                == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER;
    return new LinkLoss(describe(cause), takenOver);
  }

  /** Returns what went wrong, in the words of the innermost cause that has any. */
  static String describe(Throwable cause) {
    String words = cause.toString();
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at.getMessage() != null) {
        words = at.getMessage();
      }
    }
    return words;
  }
}
