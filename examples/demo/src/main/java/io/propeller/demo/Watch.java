package io.propeller.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells of each change of the resources of a kind in the stage's namespace, until it is closed.
 *
 * @param <T> the kind
 */
final class Watch<T extends HasMetadata> implements AutoCloseable {

  private final Map<String, T> latest = new ConcurrentHashMap<>();
  private final SharedIndexInformer<T> informer;

  Watch(Stage stage, Class<T> kind, Consumer<T> listener) {
    informer =
        stage
            .client()
            .resources(kind)
            .inNamespace(stage.namespace())
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(T resource) {
                    seen(resource);
                  }

                  @Override
                  public void onUpdate(T before, T resource) {
                    seen(resource);
                  }

                  @Override
                  public void onDelete(T resource, boolean finalStateUnknown) {
                    latest.remove(resource.getMetadata().getName());
                  }

                  private void seen(T resource) {
                    latest.put(resource.getMetadata().getName(), resource);
                    listener.accept(resource);
                  }
                });
  }

  /** Returns the resources by name, as they were seen last. */
  Map<String, T> latest() {
    return latest;
  }

  @Override
  public void close() {
    informer.close();
  }
}
