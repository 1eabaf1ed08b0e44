package io.propeller.benchmarks.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.propeller.mqtt.client.BrokerAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Two of the HiveMQ client's clients and nothing else. */
final class BareClients implements ClientBenchmark.Contender {

  private static final String TOPIC = "m/bench/c/bare/control/proplet/results";

  private final Mqtt5AsyncClient sender;
  private final Mqtt5AsyncClient receiver;
  private final Semaphore window = new Semaphore(ClientBenchmark.WINDOW);
  private final Semaphore received = new Semaphore(0);

  BareClients(BrokerAddress broker) {
    sender = client(broker, "bare-worker");
    receiver = client(broker, "bare-operator");
    receiver.publishes(MqttGlobalPublishFilter.ALL, publish -> received.release());
    sender.connect().join();
    receiver
        .connectWith()
        .cleanStart(false)
        .sessionExpiryInterval(3600)
        .send()
        .thenCompose(
            connected ->
                receiver.subscribeWith().topicFilter(TOPIC).qos(MqttQos.AT_LEAST_ONCE).send())
        .join();
  }

  private static Mqtt5AsyncClient client(BrokerAddress broker, String id) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost(broker.host())
        .serverPort(broker.port())
        .buildAsync();
  }

  @Override
  public void run(int messages) throws Exception {
    for (int i = 0; i < messages; i++) {
      window.acquire();
      var unused =
          sender
              .publish(
                  Mqtt5Publish.builder()
                      .topic(TOPIC)
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .payload(
                          ("{\"task_id\":\"task-"
                                  + i
                                  + "\",\"proplet_id\":\"p1\",\"results\":\"42\"}")
                              .getBytes(UTF_8))
                      .build())
              .whenComplete((done, failure) -> window.release());
    }
    if (!received.tryAcquire(messages, 1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("not all messages arrived within a minute");
    }
  }

  @Override
  public void close() {
    sender.disconnect().join();
    receiver.disconnect().join();
  }
}
