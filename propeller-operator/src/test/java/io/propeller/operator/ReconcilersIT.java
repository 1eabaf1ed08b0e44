package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.operator.internal.status.StatusWriter;
import io.propeller.testkit.kube.WithKubeControlPlane;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@WithKubeControlPlane(install = Task.class)
class ReconcilersIT {

  private static final int WRITES = 3;

  private static final int READS = 100;

  private static final CompletableFuture<Integer> WRITTEN = new CompletableFuture<>();

  /** The fewest writes that the reconciler saw when news had come of the first only. */
  private static final CompletableFuture<Integer> FEWEST = new CompletableFuture<>();

  @Test
  void the_last_write_is_read_when_news_has_come_of_an_earlier_one_only(KubernetesClient client)
      throws Exception {
    Reconcilers reconcilers = new Reconcilers(client, Set.of(client.getNamespace()));
    reconcilers.add(new Burst());
    reconcilers.start();
    try {
      client.resource(Fixtures.task("task").build()).create();

      assertThat(FEWEST.get(1, TimeUnit.MINUTES)).isEqualTo(WRITES);
    } finally {
      reconcilers.stop();
    }
  }

  private static int runs(Task task) {
    return task.getStatus() == null ? 0 : task.getStatus().getRuns();
  }

  /** Writes several times when it is called first, and then reads again and again. */
  @ControllerConfiguration(informer = @Informer(itemStore = SlowNews.class))
  private static final class Burst implements Reconciler<Task> {

    private int reads;
    private int fewest = WRITES;

    @Override
    public UpdateControl<Task> reconcile(Task read, Context<Task> context) {
      if (WRITTEN.isDone()) {
        fewest = Math.min(fewest, runs(read));
        reads++;
      } else {
        write(read, context);
      }
      if (reads < READS) {
        return UpdateControl.<Task>noUpdate().rescheduleAfter(5);
      }
      FEWEST.complete(fewest);
      return UpdateControl.noUpdate();
    }

    private static void write(Task read, Context<Task> context) {
      Task task = read;
      for (int run = 1; run <= WRITES; run++) {
        Task wanted = new TaskBuilder(task).editOrNewStatus().withRuns(run).endStatus().build();
        task = StatusWriter.write(task, wanted, context);
      }
      WRITTEN.complete(WRITES);
    }
  }

  /** Hears of the first write after the last one, and of the second after all reads. */
  static final class SlowNews implements ItemStore<Task> {

    private final Map<String, Task> tasks = new ConcurrentHashMap<>();

    @Override
    public Task put(String key, Task task) {
      switch (runs(task)) {
        case 1 -> WRITTEN.completeOnTimeout(0, 1, TimeUnit.MINUTES).join();
        case 2 -> FEWEST.completeOnTimeout(0, 1, TimeUnit.MINUTES).join();
        default -> {}
      }
      return tasks.put(key, task);
    }

    @Override
    public Task remove(String key) {
      return tasks.remove(key);
    }

    @Override
    public Stream<String> keySet() {
      return tasks.keySet().stream();
    }

    @Override
    public Stream<Task> values() {
      return tasks.values().stream();
    }

    @Override
    public Task get(String key) {
      return tasks.get(key);
    }

    @Override
    public int size() {
      return tasks.size();
    }

    @Override
    public String getKey(Task task) {
      return task.getMetadata().getNamespace() + "/" + task.getMetadata().getName();
    }
  }
}
