package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.propeller.api.v1.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds Tasks in the reconciler's cache. Safe for use by any thread. */
public final class TaskIndex {

  private static final String UID = "uid";

  private volatile @Nullable IndexerResourceCache<Task> cache;

  void over(IndexerResourceCache<Task> tasks) {
    tasks.addIndexer(UID, task -> List.of(task.getMetadata().getUid()));
    cache = tasks;
  }

  /** Returns the Task with that UUID. */
  public Optional<ResourceID> byUid(String uid) {
    IndexerResourceCache<Task> tasks = cache;
    return tasks == null
        ? Optional.empty()
        : tasks.byIndex(UID, uid).stream().map(ResourceID::fromResource).findFirst();
  }

  /** Returns the Tasks that have no outcome yet. */
  public List<ResourceID> unfinished() {
    IndexerResourceCache<Task> tasks = cache;
    return tasks == null
        ? List.of()
        : tasks.list(task -> !task.phase().isTerminal()).map(ResourceID::fromResource).toList();
  }
}
