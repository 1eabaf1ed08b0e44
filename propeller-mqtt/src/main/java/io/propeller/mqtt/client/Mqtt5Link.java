package io.propeller.mqtt.client;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A connection of MQTT 5. */
final class Mqtt5Link implements Link {

  private final Mqtt5AsyncClient client;
  private final Mqtt5Connect connect;

  Mqtt5Link(
      Mqtt5AsyncClient client,
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

  private static Mqtt5Connect connect(BrokerOptions options, LinkSpec spec, Links.Login login) {
    var connect =
        Mqtt5Connect.builder()
            .keepAlive((int) options.keepAlive().toSeconds())
            .cleanStart(spec.kept().isEmpty())
            .sessionExpiryInterval(spec.kept().map(kept -> kept.toSeconds()).orElse(0L))
            .restrictions()
            .receiveMaximum(spec.receiveMaximum())
            .maximumPacketSize(spec.maxPacketBytes())
            .applyRestrictions();
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
    return client
        .connect(connect)
        .thenApply(
            ack -> {
              var unused = Coalescing.apply(client.getConfig().getConnectionConfig());
              return ack.isSessionPresent();
            });
  }

  @Override
  public CompletableFuture<Void> subscribe(List<String> filters, Qos qos) {
    var subscriptions =
        filters.stream()
            .map(filter -> Mqtt5Subscription.builder().topicFilter(filter).qos(qos.mqtt()).build())
            .toList();
    return client
        .subscribe(Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build())
        .thenAccept(ack -> {});
  }

  @Override
  public CompletableFuture<Void> publish(String topic, ByteBuffer payload, Qos qos) {
    return client
        .publish(Mqtt5Publish.builder().topic(topic).qos(qos.mqtt()).payload(payload).build())
        .thenAccept(result -> {});
  }

  @Override
  public CompletableFuture<Void> disconnect() {
    return client.disconnect();
  }
}
