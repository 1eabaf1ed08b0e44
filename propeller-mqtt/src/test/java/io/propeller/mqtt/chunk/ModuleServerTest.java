package io.propeller.mqtt.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.client.ChannelStatus;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.OperatorMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ModuleServerTest {

  private static final ChunkedModule MODULE =
      ChunkedModule.of(
          "registry.example.com/add", Bytes.wrap(new byte[2 * ChunkedModule.PIECE_BYTES + 1]));

  private final SlowChannel channel = new SlowChannel();
  private final ModuleServer server =
      new ModuleServer(channel, name -> CompletableFuture.completedStage(MODULE));

  @Test
  void sendsOnePieceAfterTheOther() {
    CompletionStage<Void> served = server.serve(request(MODULE.name()));

    assertThat(channel.sent).containsExactly(MODULE.piece(0));
    channel.acknowledge();
    assertThat(channel.sent).containsExactly(MODULE.piece(0), MODULE.piece(1));
    channel.acknowledge();
    channel.acknowledge();
    assertThat(channel.sent).isEqualTo(MODULE.split());
    assertThat(served.toCompletableFuture()).isCompleted();
  }

  @Test
  void answersOneRequestForANameAtATimeAndALaterOneAnew() {
    CompletionStage<Void> first = server.serve(request(MODULE.name()));
    CompletionStage<Void> second = server.serve(request(MODULE.name()));

    assertThat(channel.sent).hasSize(1);
    assertThat(second.toCompletableFuture()).isCompleted();
    channel.acknowledge();
    channel.acknowledge();
    channel.acknowledge();
    assertThat(first.toCompletableFuture()).isCompleted();
    server.serve(request(MODULE.name()));
    assertThat(channel.sent).hasSize(4);
  }

  @Test
  void sendsNothingUnderANameThatTheModuleNoLongerHas() {
    CompletionStage<Void> served = server.serve(request("registry.example.com/add:v1"));

    assertThat(served.toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("registry.example.com/add:v1");
    assertThat(channel.sent).isEmpty();
  }

  @Test
  void aModuleThatCannotBeFoundIsLookedForAgain() {
    List<String> asked = new ArrayList<>();
    ModuleServer empty =
        new ModuleServer(
            channel,
            name -> {
              asked.add(name);
              throw new IllegalStateException("no such module");
            });

    assertThat(empty.serve(request("a")).toCompletableFuture()).isCompletedExceptionally();
    assertThat(empty.serve(request("a")).toCompletableFuture()).isCompletedExceptionally();
    assertThat(asked).containsExactly("a", "a");
  }

  private static FetchRequest request(String name) {
    return FetchRequest.of(name);
  }

  /** A channel whose broker acknowledges when it is told to. */
  private static final class SlowChannel implements OperatorChannel {

    private final List<Chunk> sent = new ArrayList<>();
    private final Deque<CompletableFuture<Void>> open = new ArrayDeque<>();

    void acknowledge() {
      open.remove().complete(null);
    }

    @Override
    public CompletionStage<Void> publish(OperatorMessage message, Dialect dialect) {
      sent.add((Chunk) message);
      open.add(new CompletableFuture<>());
      return open.getLast();
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
