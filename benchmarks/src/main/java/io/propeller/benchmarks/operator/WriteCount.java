package io.propeller.benchmarks.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is written to the resources of one kind. */
final class WriteCount implements AutoCloseable {

  private final AtomicLong count;
  private final Watch watch;

  private WriteCount(AtomicLong count, Watch watch) {
    this.count = count;
    this.watch = watch;
  }

  /** Begins to count; what is there already does not. */
  static <T extends HasMetadata, L extends KubernetesResourceList<T>> WriteCount of(
      MixedOperation<T, L, Resource<T>> resources, String namespace) {
    AtomicLong count = new AtomicLong();
    Watcher<T> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, T resource) {
            count.incrementAndGet();
          }

          @Override
          public void onClose(WatcherException cause) {}
        };
    String now = resources.inNamespace(namespace).list().getMetadata().getResourceVersion();
    return new WriteCount(
        count, resources.inNamespace(namespace).withResourceVersion(now).watch(watcher));
  }

  long count() {
    return count.get();
  }

  @Override
  public void close() {
    watch.close();
  }
}
