package io.propeller.mqtt;

import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A worker's listener that keeps what it is told until it is asked for. */
final class Hand implements WorkerListener {

  final BlockingQueue<Start> starts = new LinkedBlockingQueue<>();
  final BlockingQueue<Stop> stops = new LinkedBlockingQueue<>();

  @Override
  public void onStart(Start start) {
    starts.add(start);
  }

  @Override
  public void onStop(Stop stop) {
    stops.add(stop);
  }
}
