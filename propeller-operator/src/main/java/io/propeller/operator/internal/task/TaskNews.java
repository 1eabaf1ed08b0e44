package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.propeller.api.v1.Task;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Has Tasks looked at, and tells others of all that happens to them in the cache. The cache tells
 * of what others write; whoever writes here tells of that.
 */
final class TaskNews extends SimpleInboundEventSource<Task> implements ResourceEventAware<Task> {

  private final List<TaskListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> readers = new CopyOnWriteArrayList<>();

  TaskNews() {
    super("news");
  }

  void add(TaskListener listener) {
    listeners.add(listener);
  }

  /** Has somebody called when the cache has been read, and before any reconciler acts on it. */
  void whenRead(Runnable reader) {
    readers.add(reader);
  }

  /** The sources of events start after the cache, and before the reconcilers. */
  @Override
  public void start() {
    super.start();
    readers.forEach(Runnable::run);
  }

  /** Has a Task looked at of which nothing has been heard yet, maybe. */
  void look(Task task) {
    getEventHandler()
        .handleEvent(new ResourceEvent(ResourceAction.ADDED, ResourceID.fromResource(task), task));
  }

  /**
   * Tells of a change.
   *
   * @param before the Task as it was; null if it has come
   * @param after the Task as it is, which the cache has; null if it has gone
   */
  void tell(@Nullable Task before, @Nullable Task after) {
    listeners.forEach(listener -> listener.changed(before, after));
  }

  @Override
  public void onResourceCreated(Task task) {
    tell(null, task);
  }

  @Override
  public void onResourceUpdated(Task after, Task before) {
    tell(before, after);
  }

  @Override
  public void onResourceDeleted(Task task) {
    tell(task, null);
  }
}
