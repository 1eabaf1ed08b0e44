package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.propeller.api.v1.ExecutionMode;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A PropellerJob of very many tasks. */
class PropellerJobScaleIT extends BatchRig {

  private static final int TASKS = Integer.getInteger("propeller.batch.tasks", 1_000);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @Test
  void progress_of_very_many_tasks_is_written_at_a_bounded_rate_and_takes_no_room() {
    Set<String> versions = ConcurrentHashMap.newKeySet();
    try (ScriptedProplet edge = proplet("edge-1");
        Watch watch =
            client
                .resources(PropellerJob.class)
                .watch(
                    new Watcher<PropellerJob>() {
                      @Override
                      public void eventReceived(Action action, PropellerJob job) {
                        versions.add(job.getMetadata().getResourceVersion());
                      }

                      @Override
                      public void onClose(WatcherException cause) {}
                    })) {
      assertThat(watch).isNotNull();
      Instant begin = Instant.now();
      try (KubernetesClient patient = patient()) {
        createJob(
            patient,
            "many",
            spec -> spec.withExecutionMode(ExecutionMode.PARALLEL).withTasks(some(TASKS)));
      }
      for (int i = 0; i < TASKS; i++) {
        edge.answer(edge.nextStart().id(), "42");
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> phase(job()) != null && phase(job()).isTerminal());

      PropellerJob job = job();
      assertThat(phase(job)).isEqualTo(JobPhase.COMPLETED);
      assertThat(job.getStatus().getCompletedCount()).isEqualTo(TASKS);
      assertThat(client.getKubernetesSerialization().asJson(job.getStatus()))
          .hasSizeLessThan(2_000);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> versions.contains(job.getMetadata().getResourceVersion()));
      Duration took = Duration.between(begin, Instant.now());
      // Its creation, three phases, and progress every ten milliseconds for each task.
      long progress = took.toMillis() / Math.min(60_000, TASKS * 10L) + 1;
      assertThat((long) versions.size()).isLessThanOrEqualTo(4 + progress);
      System.out.printf(
          "%d tasks in %d s, %d writes to the job%n", TASKS, took.toSeconds(), versions.size());
    }
  }

  @Test
  void an_operator_that_dies_while_it_makes_very_many_leaves_them_to_the_next() throws Exception {
    createJob("many", spec -> spec.withExecutionMode(ExecutionMode.PARALLEL).withTasks(some(300)));
    Awaitility.await().atMost(PATIENCE).until(() -> children("many").size() > 50);
    operator.close();
    Set<String> before = new HashSet<>(children("many").stream().map(this::uid).toList());
    assertThat(before).hasSizeLessThan(300);
    operator = startOperator();

    Awaitility.await().atMost(PATIENCE).until(() -> children("many").size() == 300);
    assertThat(children("many")).extracting(this::uid).containsAll(before);
  }

  private String uid(Task task) {
    return task.getMetadata().getUid();
  }

  private PropellerJob job() {
    return client.resources(PropellerJob.class).withName("many").get();
  }

  /** The API server checks each task of a job, which takes a busy machine its time. */
  private KubernetesClient patient() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(client.getConfiguration())
                .withRequestTimeout((int) PATIENCE.toMillis())
                .build())
        .build();
  }

  private static TaskSpec[] some(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> entry("t-%05d".formatted(i)))
        .toArray(TaskSpec[]::new);
  }
}
