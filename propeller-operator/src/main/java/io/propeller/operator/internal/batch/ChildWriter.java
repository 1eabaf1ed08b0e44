package io.propeller.operator.internal.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.task.TaskIndex;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the Tasks of jobs, a few at a time, on threads of its own: a job of many Tasks does not
 * keep others waiting that are to be reconciled. Of each job only so many writes are under way that
 * another job has its turn soon.
 *
 * <p>Safe for use by any thread; no method waits.
 */
final class ChildWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChildWriter.class);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final int THREADS = 4;
  private static final int AT_A_TIME = 128;
  private static final int UNPROCESSABLE = 422;
  private static final Duration KEPT = Duration.ofHours(1);

  /** What is known of the writes of one job. */
  private static final class Work {
    final Set<ResourceID> busy = ConcurrentHashMap.newKeySet();
    final Map<ResourceID, String> refused = new ConcurrentHashMap<>();
    volatile @Nullable String trouble;
  }

  private final KubernetesClient client;
  private final TaskIndex tasks;
  private final Consumer<ResourceID> wake;
  private final Cache<String, Work> work =
      CacheBuilder.newBuilder().expireAfterAccess(KEPT).build();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "batch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Makes a writer.
   *
   * @param wake is told of a job whose writes are done, or of which one failed
   */
  ChildWriter(KubernetesClient client, TaskIndex tasks, Consumer<ResourceID> wake) {
    this.client = client;
    this.tasks = tasks;
    this.wake = wake;
  }

  /** Returns whether a Task of a job is being written. */
  boolean isBusy(PropellerJob job, ResourceID task) {
    return work(job).busy.contains(task);
  }

  /** Returns why the API server does not take a Task of a job, if so. */
  Optional<String> refusal(PropellerJob job, ResourceID task) {
    return Optional.ofNullable(work(job).refused.get(task));
  }

  /** Returns why the API server does not take one of the Tasks of a job, if so. */
  Optional<String> refusal(PropellerJob job) {
    return work(job).refused.values().stream().findFirst();
  }

  /** Returns why the last write of a Task of a job failed and will be tried again, if so. */
  Optional<String> trouble(PropellerJob job) {
    return Optional.ofNullable(work(job).trouble);
  }

  /** Has a Task made. Has no effect on one that is there. */
  void make(PropellerJob job, ResourceID id, Supplier<Task> task) {
    submit(job, id, () -> create(task.get()));
  }

  /** Has a Task held back, if it is still as it was read. */
  void hold(PropellerJob job, Task task) {
    submit(job, ResourceID.fromResource(task), () -> patch(task, true, true));
  }

  /**
   * Has a Task held back no longer, if it is still as it was read.
   *
   * @param suspend whether its owner asks for that by itself
   */
  void release(PropellerJob job, Task task, boolean suspend) {
    submit(job, ResourceID.fromResource(task), () -> patch(task, false, suspend));
  }

  private void submit(PropellerJob job, ResourceID id, Runnable write) {
    Work ofJob = work(job);
    if (ofJob.busy.size() < AT_A_TIME && ofJob.busy.add(id)) {
      threads.execute(() -> run(ResourceID.fromResource(job), ofJob, id, write));
    }
  }

  private void run(ResourceID job, Work ofJob, ResourceID id, Runnable write) {
    boolean failed = true;
    try {
      write.run();
      ofJob.trouble = null;
      failed = false;
    } catch (KubernetesClientException e) {
      note(ofJob, id, e);
    } catch (RuntimeException e) {
      log.warn("Task {} of job {} was not written", id, job, e);
      ofJob.trouble = String.valueOf(e.getMessage());
    } finally {
      ofJob.busy.remove(id);
      int left = ofJob.busy.size();
      if (failed || left == 0 || left == AT_A_TIME / 2) {
        wake.accept(job);
      }
    }
  }

  private static void note(Work ofJob, ResourceID id, KubernetesClientException e) {
    if (e.getCode() == UNPROCESSABLE || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
      ofJob.refused.put(id, String.valueOf(e.getMessage()));
    } else if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
      // After a conflict the Task has changed, which wakes the job.
      ofJob.trouble = "%s: %s".formatted(id.getName(), e.getMessage());
    }
  }

  private void create(Task task) {
    try {
      tasks.written(null, client.resource(task).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Made before, and not yet in the cache; whose it is will be seen there.
      Task present = client.resource(task).get();
      if (present != null) {
        tasks.written(null, present);
      }
    }
  }

  private void patch(Task task, boolean held, boolean suspend) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("resourceVersion", task.getMetadata().getResourceVersion());
    ObjectNode annotations = metadata.putObject("annotations");
    if (held) {
      annotations.put(ChildTask.HELD, "true");
    } else {
      annotations.putNull(ChildTask.HELD);
    }
    patch.putObject("spec").put("suspend", suspend);
    try {
      tasks.written(task, client.resource(task).patch(MERGE, patch.toString()));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private Work work(PropellerJob job) {
    return work.asMap().computeIfAbsent(job.getMetadata().getUid(), uid -> new Work());
  }

  /** Leaves undone what has not been begun. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
