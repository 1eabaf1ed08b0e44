package io.propeller.demo;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.propeller.api.v1.Task;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tells of each change of the Tasks of the stage's namespace, until it is closed. */
final class TaskWatch implements AutoCloseable {

  private final Map<String, Task> latest = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Task> informer;

  TaskWatch(Stage stage, Consumer<Task> listener) {
    informer =
        stage
            .client()
            .resources(Task.class)
            .inNamespace(stage.namespace())
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Task task) {
                    seen(task);
                  }

                  @Override
                  public void onUpdate(Task before, Task task) {
                    seen(task);
                  }

                  @Override
                  public void onDelete(Task task, boolean finalStateUnknown) {
                    latest.remove(task.getMetadata().getName());
                  }

                  private void seen(Task task) {
                    latest.put(task.getMetadata().getName(), task);
                    listener.accept(task);
                  }
                });
  }

  /** Returns the Tasks by name, as they were seen last. */
  Map<String, Task> latest() {
    return latest;
  }

  @Override
  public void close() {
    informer.close();
  }
}
