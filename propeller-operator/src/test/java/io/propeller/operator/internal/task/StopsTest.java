package io.propeller.operator.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.mqtt.client.ChannelStatus;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.NotConnectedException;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.Stop;
import io.propeller.operator.internal.proplet.PendingStops;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopsTest {

  private static final ResourceID EDGE = new ResourceID("edge-1", "here");
  private static final AttemptId ATTEMPT = new AttemptId(new UUID(0, 1).toString(), 2);

  private final List<String> sent = new ArrayList<>();
  private boolean connected = true;
  private boolean failing;
  private boolean hears = true;
  private final PendingStops pending =
      new PendingStops(proplet -> hears, () -> Instant.EPOCH, proplet -> {}, task -> {});
  private final Stops stops = new Stops(Channel::new, () -> connected, pending);

  @Test
  void who_is_there_is_told_once() {
    stops.stop(ATTEMPT, "main", Set.of(EDGE));
    stops.flush();
    stops.repeat();

    assertThat(sent).containsExactly(ATTEMPT.wire());
  }

  @Test
  void who_is_away_is_told_again_when_it_is_back() {
    hears = false;
    stops.stop(ATTEMPT, "main", Set.of(EDGE));
    stops.repeat();
    assertThat(sent).as("in case it hears").containsExactly(ATTEMPT.wire());

    hears = true;
    stops.repeat();
    stops.repeat();

    assertThat(sent).containsExactly(ATTEMPT.wire(), ATTEMPT.wire());
  }

  @Test
  void what_the_broker_does_not_take_it_gets_with_the_next_connection() {
    connected = false;
    stops.stop(ATTEMPT, "main", Set.of());
    assertThat(sent).isEmpty();

    connected = true;
    failing = true;
    stops.flush();
    failing = false;
    stops.flush();
    stops.flush();

    assertThat(sent).containsExactly(ATTEMPT.wire());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0001", "\ud800"})
  void a_function_that_no_worker_can_be_told_of_stops_nobody_else_from_being_told(String function) {
    AttemptId other = new AttemptId(new UUID(0, 2).toString(), 1);
    connected = false;
    stops.stop(ATTEMPT, function, Set.of(EDGE));
    stops.stop(other, "main", Set.of(EDGE));

    connected = true;
    stops.flush();

    assertThat(sent).containsExactlyInAnyOrder(ATTEMPT.wire(), other.wire());
    assertThat(pending.due()).isEmpty();
  }

  private final class Channel implements OperatorChannel {

    @Override
    public CompletionStage<Void> publish(OperatorMessage message, Dialect dialect) {
      if (failing) {
        return CompletableFuture.failedStage(new NotConnectedException("away"));
      }
      sent.add(((Stop) message).id().value());
      return CompletableFuture.completedStage(null);
    }

    @Override
    public ChannelStatus status() {
      return new ChannelStatus(
          new ConnectionState.Closed(), new ConnectionState.Closed(), 0, Duration.ZERO);
    }

    @Override
    public void close() {}
  }
}
