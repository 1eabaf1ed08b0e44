package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.propeller.api.v1.Task;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Has Tasks looked at, and tells others of all that happens to them in the cache. */
final class TaskNews extends SimpleInboundEventSource<Task> implements ResourceEventAware<Task> {

  private final List<TaskListener> listeners = new CopyOnWriteArrayList<>();

  TaskNews() {
    super("news");
  }

  void add(TaskListener listener) {
    listeners.add(listener);
  }

  @Override
  public void onResourceCreated(Task task) {
    listeners.forEach(listener -> listener.changed(null, task));
  }

  @Override
  public void onResourceUpdated(Task after, Task before) {
    listeners.forEach(listener -> listener.changed(before, after));
  }

  @Override
  public void onResourceDeleted(Task task) {
    listeners.forEach(listener -> listener.changed(task, null));
  }
}
