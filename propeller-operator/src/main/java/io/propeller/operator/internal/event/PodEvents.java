package io.propeller.operator.internal.event;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the operator itself: in its log, and in events of its pod where it has one. */
public final class PodEvents {

  private static final Logger log = LoggerFactory.getLogger(PodEvents.class);

  private final Events events;
  private final Optional<Pod> pod;

  private PodEvents(Events events, Optional<Pod> pod) {
    this.events = events;
    this.pod = pod;
  }

  /** Makes one that tells of this pod, if its name and uid are known. */
  public static PodEvents of(
      Events events, String namespace, Optional<String> name, Optional<String> uid) {
    return new PodEvents(
        events,
        name.flatMap(
            podName ->
                uid.map(
                    podUid ->
                        new PodBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(podName)
                            .withUid(podUid)
                            .endMetadata()
                            .build())));
  }

  /** Tells that the operator is not ready, or ready again. */
  public void tell(Happening happening) {
    if (happening.kind() == Happening.Kind.WARNING) {
      log.warn("not ready: {}", happening.message());
    } else {
      log.info("ready: {}", happening.message());
    }
    pod.ifPresent(one -> events.record(one, happening));
  }
}
