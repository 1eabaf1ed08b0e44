package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.topic.Subtopic;
import java.util.HashMap;
import java.util.Map;

/** Which class reads and writes which kind of message. */
final class MessageCodecs {

  /**
   * How a kind is read and written.
   *
   * @param large whether it may carry an update, a module, or what a task gave back
   */
  record Entry<M extends Message>(Subtopic<M> kind, MessageCodec<M> codec, boolean large) {}

  private static final Map<Subtopic<?>, Entry<?>> ENTRIES = new HashMap<>();

  static {
    small(Subtopic.ALIVE, new AliveCodec());
    small(Subtopic.DISCOVERY, new DiscoveryCodec());
    small(Subtopic.PROPLET_METRICS, new PropletMetricsCodec());
    small(Subtopic.TASK_METRICS, new TaskMetricsCodec());
    small(Subtopic.FETCH_REQUEST, new FetchRequestCodec());
    large(Subtopic.INVOKE_RESULT, new InvokeResultCodec());
    small(Subtopic.ROUND_START, new RoundStartCodec());
    small(Subtopic.ROUND_COMPLETE, new RoundCompleteCodec());
    small(Subtopic.STOP, new StopCodec());
    small(Subtopic.INVOKE, new InvokeCodec());
    large(Subtopic.RESULT, new ResultCodec());
    large(Subtopic.UPDATE, new UpdateCodec());
    large(Subtopic.START, new StartCodec());
    large(Subtopic.CHUNK, new ChunkCodec());
  }

  private MessageCodecs() {}

  static Entry<?> of(Subtopic<?> kind) {
    Entry<?> entry = ENTRIES.get(kind);
    if (entry == null) {
      throw new IllegalArgumentException("no codec for " + kind);
    }
    return entry;
  }

  @SuppressWarnings("unchecked") // Subtopic.of returns the kind whose message this is.
  static <M extends Message> MessageCodec<M> of(M message) {
    return (MessageCodec<M>) of(Subtopic.of(message)).codec();
  }

  private static <M extends Message> void small(Subtopic<M> kind, MessageCodec<M> codec) {
    ENTRIES.put(kind, new Entry<>(kind, codec, false));
  }

  private static <M extends Message> void large(Subtopic<M> kind, MessageCodec<M> codec) {
    ENTRIES.put(kind, new Entry<>(kind, codec, true));
  }
}
