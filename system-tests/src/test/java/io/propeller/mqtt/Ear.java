package io.propeller.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.client.Refusal;
import io.propeller.mqtt.client.SessionKind;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.Result;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An operator's listener that keeps what it hears until it is asked for. */
class Ear implements OperatorListener {

  final BlockingQueue<Delivery<Result>> results = new LinkedBlockingQueue<>();
  final BlockingQueue<Delivery<Discovery>> discoveries = new LinkedBlockingQueue<>();
  final BlockingQueue<Alive> alives = new LinkedBlockingQueue<>();
  final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
  final List<ConnectionState> states = new CopyOnWriteArrayList<>();

  @Override
  public void onResult(Delivery<Result> delivery) {
    results.add(delivery);
  }

  @Override
  public void onDiscovery(Delivery<Discovery> delivery) {
    discoveries.add(delivery);
  }

  @Override
  public void onAlive(Alive alive) {
    alives.add(alive);
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.add(refusal);
  }

  @Override
  public void connectionChanged(SessionKind session, ConnectionState state) {
    if (session == SessionKind.STATE) {
      states.add(state);
    }
  }

  /** Returns the next of a queue, which must come within twenty seconds. */
  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("the next within 20 s").isNotNull();
    return next;
  }
}
