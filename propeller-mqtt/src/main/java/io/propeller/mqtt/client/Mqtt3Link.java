package io.propeller.mqtt.client;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A connection of MQTT 3.1.1. */
final class Mqtt3Link implements Link {

  private final Mqtt3AsyncClient client;
  private final Mqtt3Connect connect;

  Mqtt3Link(
      Mqtt3AsyncClient client,
      BrokerOptions options,
      LinkSpec spec,
      Links.Login login,
      Link.Events events) {
    this.client = client;
    this.connect = connect(options, spec, login);
    // Before CONNECT: a session that is resumed sends what it has kept at once.
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        publish ->
            events.received(
                new Incoming(
                    publish.getTopic().toString(),
                    publish.getPayloadAsBytes(),
                    spec.manualAcknowledgement() ? publish::acknowledge : () -> {})),
        Runnable::run,
        spec.manualAcknowledgement());
  }

  private static Mqtt3Connect connect(BrokerOptions options, LinkSpec spec, Links.Login login) {
    var connect =
        Mqtt3Connect.builder()
            .keepAlive((int) options.keepAlive().toSeconds())
            .cleanSession(spec.kept().isEmpty());
    if (login.isPresent()) {
      connect
          .simpleAuth()
          .username(login.username())
          .password(login.password().getBytes(StandardCharsets.UTF_8))
          .applySimpleAuth();
    }
    spec.will()
        .ifPresent(
            will ->
                connect
                    .willPublish()
                    .topic(will.topic())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(will.payload().asByteBuffer())
                    .applyWillPublish());
    return connect.build();
  }

  @Override
  public CompletableFuture<Boolean> connect() {
    return client.connect(connect).thenApply(ack -> ack.isSessionPresent());
  }

  @Override
  public CompletableFuture<Void> subscribe(List<String> filters, Qos qos) {
    var subscriptions =
        filters.stream()
            .map(filter -> Mqtt3Subscription.builder().topicFilter(filter).qos(qos.mqtt()).build())
            .toList();
    return client
        .subscribe(Mqtt3Subscribe.builder().addSubscriptions(subscriptions).build())
        .thenAccept(ack -> {});
  }

  @Override
  public CompletableFuture<Void> publish(String topic, ByteBuffer payload, Qos qos) {
    return client
        .publish(Mqtt3Publish.builder().topic(topic).qos(qos.mqtt()).payload(payload).build())
        .thenAccept(result -> {});
  }

  @Override
  public CompletableFuture<Void> disconnect() {
    return client.disconnect();
  }
}
