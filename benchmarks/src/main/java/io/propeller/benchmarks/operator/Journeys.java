package io.propeller.benchmarks.operator;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Follows the Tasks of a namespace by a watch: how long each takes, and how often it is written. It
 * does so for both contenders, since a watch costs the machine something too.
 */
final class Journeys implements AutoCloseable {

  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final AtomicLong writes = new AtomicLong();
  private final Semaphore ends = new Semaphore(0);
  private final Watch watch;

  Journeys(KubernetesClient client, String namespace) {
    watch =
        client
            .resources(Task.class)
            .inNamespace(namespace)
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, Task task) {
                    if (action == Action.MODIFIED) {
                      writes.incrementAndGet();
                    }
                    if (task.phase() == TaskPhase.COMPLETED) {
                      end(task.getMetadata().getName());
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
  }

  /** Creates a Task. */
  @CanIgnoreReturnValue
  Task begin(Task task, KubernetesClient client) {
    begun.put(task.getMetadata().getName(), System.nanoTime());
    return client.resource(task).create();
  }

  private void end(String task) {
    Long beginning = begun.remove(task);
    if (beginning != null) {
      nanos.add(System.nanoTime() - beginning);
      ends.release();
    }
  }

  void awaitEnds(int tasks) throws InterruptedException {
    ends.acquire(tasks);
  }

  /** Forgets what was measured so far. */
  void reset() {
    writes.set(0);
    nanos.clear();
  }

  /** Returns how many times a Task was written after its creation, all Tasks together. */
  long writes() {
    return writes.get();
  }

  /** Returns the time from create to completed of each Task that is over, in nanoseconds. */
  Collection<Long> nanos() {
    return nanos;
  }

  @Override
  public void close() {
    watch.close();
  }
}
