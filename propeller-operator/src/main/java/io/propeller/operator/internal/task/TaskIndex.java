package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.api.reconciler.dependent.RecentOperationCacheFiller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.propeller.api.v1.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds Tasks in the reconciler's cache. Safe for use by any thread. */
public final class TaskIndex {

  private static final String UID = "uid";
  private static final String NAME = "name-in-group";
  private static final String DEPENDENCY = "dependency-in-group";
  private static final String CALLEE = "callee";

  private final TaskNews news;
  private volatile @Nullable IndexerResourceCache<Task> cache;

  TaskIndex(TaskNews news) {
    this.news = news;
  }

  void over(IndexerResourceCache<Task> tasks) {
    tasks.addIndexer(UID, task -> List.of(task.getMetadata().getUid()));
    tasks.addIndexer(NAME, task -> TaskGroups.names(task).toList());
    tasks.addIndexer(DEPENDENCY, task -> TaskGroups.dependencies(task).toList());
    tasks.addIndexer(CALLEE, TaskIndex::callee);
    cache = tasks;
  }

  /** Returns the Task with that UUID. */
  public Optional<ResourceID> byUid(String uid) {
    return find(UID, uid).map(ResourceID::fromResource).findFirst();
  }

  /** Returns the Task with that UUID as it is now. */
  Optional<Task> find(String uid) {
    return find(UID, uid).findFirst();
  }

  /** Returns the Task of that name as it is now, our own last writes included. */
  public Optional<Task> find(ResourceID id) {
    IndexerResourceCache<Task> tasks = cache;
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
    IndexerResourceCache<Task> tasks = cache;
    return tasks == null
        ? List.of()
        : tasks.list(task -> !task.phase().isTerminal()).map(ResourceID::fromResource).toList();
  }

  /** Returns the references of the results that are in the store, and in no status. */
  public Stream<String> resultRefs() {
    IndexerResourceCache<Task> tasks = cache;
    return tasks == null
        ? Stream.empty()
        : tasks
            .list()
            .flatMap(task -> Stream.ofNullable(task.getStatus()))
            .flatMap(status -> Stream.ofNullable(status.getResultRef()));
  }

  /** Returns the Tasks that a name means to those of a group. */
  Stream<Task> named(String groupAndName) {
    return find(NAME, groupAndName);
  }

  /** Returns the Tasks that depend on that name in a group. */
  Stream<Task> dependentsOf(String groupAndName) {
    return find(DEPENDENCY, groupAndName);
  }

  /** Returns the Tasks that call that one and are not over. */
  Stream<ResourceID> callersOf(ResourceID callee) {
    return find(CALLEE, key(callee.getNamespace().orElse(""), callee.getName()))
        .filter(task -> !task.phase().isTerminal())
        .map(ResourceID::fromResource);
  }

  private static List<String> callee(Task task) {
    String name = task.getSpec().getInvokes();
    return name == null ? List.of() : List.of(key(task.getMetadata().getNamespace(), name));
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** Finds as the index has it, and returns as it is now, our own last writes included. */
  private Stream<Task> find(String indexer, String key) {
    IndexerResourceCache<Task> tasks = cache;
    return tasks == null
        ? Stream.empty()
        : tasks.byIndex(indexer, key).stream()
            .map(found -> tasks.get(ResourceID.fromResource(found)).orElse(found));
  }
}
