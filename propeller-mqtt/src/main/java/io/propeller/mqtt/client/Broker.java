package io.propeller.mqtt.client;

/**
 * Opens the ends of channels at one broker.
 *
 * <p>Opening does not wait for the broker, which need not be there yet: a channel connects in the
 * background, tries again for as long as it is open, and says through its listener how that goes.
 * Safe for use by any thread.
 */
public interface Broker {

  /**
   * Opens the operator's end of a channel. While another with the same client id is open, the newer
   * one takes over, and the older one stops: open it only as leader.
   */
  OperatorChannel open(OperatorChannelOptions options, OperatorListener listener);

  /** Opens a worker's end of a channel. */
  WorkerChannel open(WorkerChannelOptions options, WorkerListener listener);
}
