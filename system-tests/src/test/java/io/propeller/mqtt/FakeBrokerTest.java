package io.propeller.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.Broker;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.message.Alive;
import io.propeller.testkit.mqtt.FakeBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeBrokerTest extends BrokerContract {

  private final FakeBroker broker = new FakeBroker();

  @Override
  Broker broker() {
    return broker;
  }

  @Override
  void publish(String topic, byte[] payload) {
    broker.publish(topic, payload);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void whatIsSentWhileTheBrokerIsDownArrivesAfterwards() throws Exception {
    Ear ear = new Ear();
    connected(ear);
    WorkerChannel worker = worker("p1", new Hand());
    broker.down();
    worker.publish(result("t1"));
    broker.up();

    assertThat(Ear.next(ear.results).message()).isEqualTo(result("t1"));
  }

  @Test
  void aBrokerThatForgetsSaysThatTheSessionIsLost() throws Exception {
    Ear ear = new Ear();
    OperatorChannel operator = connected(ear);
    worker("p1", new Hand()).publish(result("t1"));
    Ear.next(ear.results);

    broker.forget();

    Eventually.until(
        "lost",
        () ->
            operator
                .status()
                .state()
                .equals(new ConnectionState.Connected(ConnectionState.Session.LOST)));
    assertThat(ear.results).isEmpty();
  }

  @Test
  void aWorkerThatIsLostHasALastWill() throws Exception {
    Ear ear = new Ear();
    connected(ear);
    WorkerChannel worker = worker("p1", new Hand());

    broker.lose(worker);

    assertThat(Ear.next(ear.alives).status()).isEqualTo(Alive.Status.OFFLINE);
  }
}
