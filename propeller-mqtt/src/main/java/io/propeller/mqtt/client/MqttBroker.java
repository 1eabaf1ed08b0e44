package io.propeller.mqtt.client;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** A broker over MQTT. */
public final class MqttBroker implements Broker {

  private final BrokerOptions options;
  private final InstantSource clock;
  private final RandomGenerator random;

  private MqttBroker(BrokerOptions options, InstantSource clock, RandomGenerator random) {
    this.options = options;
    this.clock = clock;
    this.random = random;
  }

  /** Returns the broker that the options lead to; connects to nothing yet. */
  public static MqttBroker of(BrokerOptions options) {
    return of(options, InstantSource.system(), new SecureRandom());
  }

  /**
   * Returns the broker that the options lead to; connects to nothing yet.
   *
   * @param clock tells when messages arrive and how old they are
   * @param random spreads attempts at connections, and makes client ids; safe for use by any thread
   */
  public static MqttBroker of(BrokerOptions options, InstantSource clock, RandomGenerator random) {
    return new MqttBroker(options, clock, random);
  }

  @Override
  public OperatorChannel open(OperatorChannelOptions channel, OperatorListener listener) {
    MqttOperatorChannel opened = new MqttOperatorChannel(options, channel, listener, clock, random);
    opened.start();
    return opened;
  }

  @Override
  public WorkerChannel open(WorkerChannelOptions channel, WorkerListener listener) {
    MqttWorkerChannel opened = new MqttWorkerChannel(options, channel, listener, clock, random);
    opened.start();
    return opened;
  }
}
