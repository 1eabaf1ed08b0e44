package io.propeller.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final List<String> sent = new ArrayList<>();
  private final List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
  private final Outbox outbox = new Outbox(4, 2, this::send);
  private boolean refusing;

  @Test
  void sendsInOrderAndNoMoreThanTheWindow() {
    outbox.connected();
    add("a", "b", "c", "d");

    assertThat(sent).containsExactly("a", "b");
    acknowledgements.get(1).complete(null);
    assertThat(sent).containsExactly("a", "b", "c");
    acknowledgements.get(0).complete(null);
    assertThat(sent).containsExactly("a", "b", "c", "d");
  }

  @Test
  void keepsWhatComesWhileThereIsNoConnection() {
    add("a", "b");
    assertThat(sent).isEmpty();

    outbox.connected();

    assertThat(sent).containsExactly("a", "b");
  }

  @Test
  void sendsAgainInOrderWhatALostConnectionHasNotAcknowledged() {
    outbox.connected();
    CompletableFuture<Void> first = add("a", "b", "c").get(0);
    refusing = true;
    acknowledgements.get(1).completeExceptionally(new UnacknowledgedException("lost"));
    acknowledgements.get(0).completeExceptionally(new UnacknowledgedException("lost"));
    outbox.disconnected();
    refusing = false;
    sent.clear();

    outbox.connected();

    assertThat(sent).containsExactly("a", "b");
    assertThat(first).isNotDone();
    acknowledgements.get(2).complete(null);
    assertThat(first).isCompleted();
  }

  @Test
  void aLateAcknowledgementCounts() {
    outbox.connected();
    CompletableFuture<Void> first = add("a").get(0);
    outbox.disconnected();

    acknowledgements.get(0).complete(null);
    outbox.connected();

    assertThat(first).isCompleted();
    assertThat(sent).containsExactly("a");
  }

  @Test
  void sendsAgainWhatWasNotAcknowledgedInTime() {
    outbox.connected();
    add("a");

    acknowledgements.get(0).completeExceptionally(new UnacknowledgedException("too late"));

    assertThat(sent).containsExactly("a", "a");
  }

  @Test
  void refusesMoreThanItsCapacityAndAllWhenItIsClosed() {
    assertThat(add("a", "b", "c", "d", "e").get(4)).isCompletedExceptionally();
    CompletableFuture<Void> waiting = add("f").get(0);
    assertThat(waiting).isCompletedExceptionally();

    outbox.close();

    assertThat(add("g").get(0)).isCompletedExceptionally();
    outbox.connected();
    assertThat(sent).isEmpty();
  }

  @Test
  void failsWhatWaitsWhenItIsClosed() {
    outbox.connected();
    List<CompletableFuture<Void>> all = add("a", "b", "c");

    outbox.close();

    assertThat(all)
        .allSatisfy(
            one ->
                assertThat(one)
                    .isCompletedExceptionally()
                    .failsWithin(java.time.Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(NotConnectedException.class));
  }

  private List<CompletableFuture<Void>> add(String... payloads) {
    List<CompletableFuture<Void>> added = new ArrayList<>();
    for (String payload : payloads) {
      added.add(outbox.add("topic", ByteBuffer.wrap(payload.getBytes(UTF_8))));
    }
    return added;
  }

  private CompletableFuture<Void> send(String topic, ByteBuffer payload) {
    if (refusing) {
      return CompletableFuture.failedFuture(new NotConnectedException("lost"));
    }
    sent.add(UTF_8.decode(payload).toString());
    CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
    acknowledgements.add(acknowledgement);
    return acknowledgement;
  }
}
