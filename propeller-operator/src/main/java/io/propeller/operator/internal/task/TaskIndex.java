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
  private static final String PROPLET = "proplet";

  private volatile @Nullable IndexerResourceCache<Task> cache;

  void over(IndexerResourceCache<Task> tasks) {
    tasks.addIndexer(UID, task -> List.of(task.getMetadata().getUid()));
    tasks.addIndexer(PROPLET, TaskIndex::proplet);
    cache = tasks;
  }

  /** Returns the Task with that UUID. */
  public Optional<ResourceID> byUid(String uid) {
    return by(UID, uid).stream().findFirst();
  }

  /** Returns the Tasks that a Proplet has. */
  public List<ResourceID> on(ResourceID proplet) {
    return by(PROPLET, key(proplet.getNamespace().orElse(""), proplet.getName()));
  }

  /** Returns the Tasks that have no outcome yet. */
  public List<ResourceID> unfinished() {
    IndexerResourceCache<Task> tasks = cache;
    return tasks == null
        ? List.of()
        : tasks.list(task -> !task.phase().isTerminal()).map(ResourceID::fromResource).toList();
  }

  private List<ResourceID> by(String index, String key) {
    IndexerResourceCache<Task> tasks = cache;
    return tasks == null
        ? List.of()
        : tasks.byIndex(index, key).stream().map(ResourceID::fromResource).toList();
  }

  private static List<String> proplet(Task task) {
    String proplet = task.getStatus() == null ? null : task.getStatus().getAssignedProplet();
    return proplet == null || task.phase().isTerminal()
        ? List.of()
        : List.of(key(task.getMetadata().getNamespace(), proplet));
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
