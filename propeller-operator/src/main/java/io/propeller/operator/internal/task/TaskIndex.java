package io.propeller.operator.internal.task;

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

  private volatile @Nullable IndexerResourceCache<Task> cache;

  void over(IndexerResourceCache<Task> tasks) {
    tasks.addIndexer(UID, task -> List.of(task.getMetadata().getUid()));
    tasks.addIndexer(NAME, task -> TaskGroups.names(task).toList());
    tasks.addIndexer(DEPENDENCY, task -> TaskGroups.dependencies(task).toList());
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

  /** Returns the Tasks that have no outcome yet. */
  public List<ResourceID> unfinished() {
    IndexerResourceCache<Task> tasks = cache;
    return tasks == null
        ? List.of()
        : tasks.list(task -> !task.phase().isTerminal()).map(ResourceID::fromResource).toList();
  }

  /** Returns the Tasks that a name means to those of a group. */
  Stream<Task> named(String groupAndName) {
    return find(NAME, groupAndName);
  }

  /** Returns the Tasks that depend on that name in a group. */
  Stream<Task> dependentsOf(String groupAndName) {
    return find(DEPENDENCY, groupAndName);
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
