package io.propeller.operator.internal.federated;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.fl.Admission;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The rounds whose updates are taken. Safe for use by any thread. */
final class Rounds {

  private final Map<String, OpenRound> open = new ConcurrentHashMap<>();
  private final OperatorMetrics metrics;
  private final Consumer<ResourceID> listener;

  /**
   * Makes an empty set.
   *
   * @param listener is told of each round that has counted something
   */
  Rounds(OperatorMetrics metrics, Consumer<ResourceID> listener) {
    this.metrics = metrics;
    this.listener = listener;
  }

  void add(OpenRound round) {
    open.put(round.uid(), round);
  }

  void remove(String uid) {
    open.remove(uid);
  }

  Optional<OpenRound> find(String uid) {
    return Optional.ofNullable(open.get(uid));
  }

  Stream<OpenRound> all() {
    return open.values().stream();
  }

  /** Forgets the rounds whose resources are gone. */
  void keep(Experiments experiments) {
    for (OpenRound round : List.copyOf(open.values())) {
      boolean there =
          experiments
              .round(round.namespace(), round.id().getName())
              .filter(one -> one.getMetadata().getUid().equals(round.uid()))
              .isPresent();
      if (!there) {
        open.remove(round.uid());
      }
    }
  }

  /**
   * Takes a message of a participant.
   *
   * @throws IOException if it cannot be stored now
   */
  Admission offer(OpenRound round, byte[] message, String proplet) throws IOException {
    Admission admission = round.offer(message, proplet);
    if (admission instanceof Admission.Refused refused) {
      metrics.updateRefused(refused.refusal().reason().name());
    } else {
      metrics.updateCounted();
    }
    listener.accept(round.id());
    return admission;
  }
}
