package io.propeller.operator.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.ConnectionState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BrokerHealthTest {

  private final BrokerHealth broker = new BrokerHealth(BrokerAddress.parse("tcp://broker:1884"));

  @Test
  void it_is_well_while_connected_and_only_then() {
    assertThat(broker.check().problem().get()).contains("broker:1884: not connected yet");

    broker.changed(new ConnectionState.Connected(ConnectionState.Session.NEW));
    assertThat(broker.check().problem().get()).isEmpty();

    broker.changed(new ConnectionState.TakenOver());
    assertThat(broker.check().problem().get())
        .contains("broker:1884: another client has connected with the same id");
  }

  @Test
  void why_an_attempt_failed_is_known_during_the_next_one() {
    broker.changed(new ConnectionState.Disconnected("no route", Instant.EPOCH));
    broker.changed(new ConnectionState.Connecting(2));

    assertThat(broker.check().problem().get()).contains("broker:1884: no route");
  }
}
