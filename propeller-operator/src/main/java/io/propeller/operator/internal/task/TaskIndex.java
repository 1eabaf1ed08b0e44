package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.dependent.RecentOperationCacheFiller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.resources.KeyIndex;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds Tasks in the reconciler's cache. Safe for use by any thread. */
public final class TaskIndex {

  private static final String UID = "uid:";
  private static final String NAME = "name:";
  private static final String DEPENDENCY = "dependency:";
  private static final String CALLEE = "callee:";

  private final KeyIndex<Task> index = new KeyIndex<>(TaskIndex::keys, this::find);
  private final TaskNews news;
  private volatile @Nullable ResourceCache<Task> cache;

  TaskIndex(TaskNews news) {
    this.news = news;
    news.add(
        (before, after) -> index.changed(ResourceID.fromResource(after == null ? before : after)));
    // That they are there is told of later, one by one, and a reconciler may ask for any.
    news.whenRead(() -> tasks().map(ResourceID::fromResource).forEach(index::changed));
  }

  void over(ResourceCache<Task> tasks) {
    cache = tasks;
  }

  /** Returns the Task with that UUID. */
  public Optional<ResourceID> byUid(String uid) {
    return find(uid).map(ResourceID::fromResource);
  }

  /** Returns the Task with that UUID as it is now. */
  Optional<Task> find(String uid) {
    return index.find(UID + uid).findFirst();
  }

  /** Returns the Task of that name as it is now, our own last writes included. */
  public Optional<Task> find(ResourceID id) {
    ResourceCache<Task> tasks = cache;
    return tasks == null ? Optional.empty() : tasks.get(id);
  }

  /**
   * Takes note of a Task that has been written other than by its reconciler, and has it looked at.
   *
   * @param before the Task as it was; null if it has been made
   * @param after the Task as the API server has it
   */
  public void written(@Nullable Task before, Task after) {
    ResourceID id = ResourceID.fromResource(after);
    if (cache instanceof RecentOperationCacheFiller<?> filler) {
      filling(filler).handleRecentResourceUpdate(id, after, after);
    }
    news.tell(before, after);
    news.look(after);
  }

  @SuppressWarnings("unchecked") // the cache of Tasks is filled with Tasks
  private static RecentOperationCacheFiller<Task> filling(RecentOperationCacheFiller<?> filler) {
    return (RecentOperationCacheFiller<Task>) filler;
  }

  /** Returns the Tasks that have no outcome yet. */
  public List<ResourceID> unfinished() {
    return tasks()
        .filter(task -> !task.phase().isTerminal())
        .map(ResourceID::fromResource)
        .toList();
  }

  /** Returns the references of the results that are in the store, and in no status. */
  public Stream<String> resultRefs() {
    return tasks()
        .flatMap(task -> Stream.ofNullable(task.getStatus()))
        .flatMap(status -> Stream.ofNullable(status.getResultRef()));
  }

  private Stream<Task> tasks() {
    ResourceCache<Task> tasks = cache;
    return tasks == null ? Stream.empty() : tasks.list();
  }

  /** Returns the Tasks that a name means to those of a group. */
  Stream<Task> named(String groupAndName) {
    return index.find(NAME + groupAndName);
  }

  /** Returns the Tasks that depend on that name in a group. */
  Stream<Task> dependentsOf(String groupAndName) {
    return index.find(DEPENDENCY + groupAndName);
  }

  /** Returns the Tasks that call that one and are not over. */
  Stream<ResourceID> callersOf(ResourceID callee) {
    return index
        .find(callee(callee.getNamespace().orElse(""), callee.getName()))
        .filter(task -> !task.phase().isTerminal())
        .map(ResourceID::fromResource);
  }

  private static Set<String> keys(Task task) {
    Stream<String> callee =
        Stream.ofNullable(task.getSpec().getInvokes())
            .map(name -> callee(task.getMetadata().getNamespace(), name));
    return Stream.of(
            Stream.of(UID + task.getMetadata().getUid()),
            TaskGroups.names(task).map(name -> NAME + name),
            TaskGroups.dependencies(task).map(name -> DEPENDENCY + name),
            callee)
        .flatMap(keys -> keys)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String callee(String namespace, String name) {
    return CALLEE + namespace + "/" + name;
  }
}
