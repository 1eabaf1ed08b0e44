package io.propeller.operator.internal.health;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.propeller.api.v1.Crds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out whether the API server lets the operator begin, before it does: an informer that is
 * refused would end it, and a candidate that is refused the lease would stand by for ever.
 */
public final class Access {

  /** What informers read. */
  private static final List<Class<? extends HasMetadata>> KINDS =
      Stream.concat(Crds.kinds().stream(), Stream.of(Deployment.class, Job.class)).toList();

  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();

  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final Optional<String> lease;
  private volatile Optional<String> problem = Optional.of("not asked for yet");

  /**
   * Makes one.
   *
   * @param namespaces those to be served; all if there are none
   * @param lease the name of the lease to be held, in the client's namespace, if one is
   */
  public Access(KubernetesClient client, Set<String> namespaces, Optional<String> lease) {
    this.client = client;
    this.namespaces = namespaces;
    this.lease = lease;
  }

  /** Asks the API server, and returns whether nothing stands in the way. */
  public boolean ask() {
    try {
      lease.ifPresent(name -> client.leases().withName(name).get());
      KINDS.forEach(this::list);
      problem = Optional.empty();
    } catch (KubernetesClientException e) {
      problem = Optional.of(describe(e));
    }
    return problem.isEmpty();
  }

  /** Returns the check, which tells what the last answer was. */
  public HealthCheck check() {
    return new HealthCheck("access", () -> problem);
  }

  private void list(Class<? extends HasMetadata> kind) {
    if (namespaces.isEmpty()) {
      var unused = client.resources(kind).inAnyNamespace().list(ONE);
    } else {
      for (String namespace : namespaces) {
        var unused = client.resources(kind).inNamespace(namespace).list(ONE);
      }
    }
  }

  /** Returns what the API server said, or why it said nothing. */
  private static String describe(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage();
    }
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
  }
}
