package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.Mosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators, of which one leads, as processes. */
@WithServers
class FailoverIT {

  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int TASKS = 1_000;
  private static final int WORKERS = 10;

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private KubernetesClient client;
  private Mosquitto broker;

  @BeforeEach
  void start(KubernetesClient client, Mosquitto broker) {
    this.client = client;
    this.broker = broker;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void a_clean_stop_hands_over_within_two_seconds() throws Exception {
    OperatorProcess first = operator("first");
    String leader = awaitLeader("");
    operator("second");
    Worker worker = worker("edge");
    awaitRunning(1);
    Awaitility.await().until(() -> said("second").contains("stands by"));

    first.stop();
    Instant stopped = Instant.now();
    awaitLeader(leader);

    assertThat(Duration.between(stopped, lease().getSpec().getAcquireTime().toInstant()))
        .isLessThan(Duration.ofSeconds(2));
    worker.answers();
    client.resource(TestBed.task("after").build()).create();
    awaitCompleted(1);
  }

  @Test
  void kill_9_amid_a_thousand_running_tasks_loses_none_and_says_which_may_run_twice()
      throws Exception {
    OperatorProcess first = operator("first");
    String leader = awaitLeader("");
    operator("second");
    List<Worker> workers = IntStream.range(0, WORKERS).mapToObj(i -> worker("edge-" + i)).toList();
    awaitRunning(WORKERS);

    ExecutorService users = Executors.newFixedThreadPool(4);
    IntStream.range(0, TASKS)
        .forEach(
            i -> users.execute(() -> client.resource(TestBed.task("task-" + i).build()).create()));
    users.shutdown();
    workers.get(0).answers();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> workers.stream().mapToInt(Worker::told).sum() > TASKS / 2);
    first.kill();
    Instant killed = Instant.now();
    workers.forEach(Worker::answers);

    awaitLeader(leader);
    assertThat(Duration.between(killed, lease().getSpec().getAcquireTime().toInstant()))
        .isLessThan(LEASE.plusSeconds(5));
    awaitCompleted(TASKS);

    assertThat(client.resources(Task.class).list().getItems())
        .allSatisfy(
            task -> {
              assertThat(task.getStatus().getAttempts()).isEqualTo(1);
              assertThat(task.getStatus().getResults().textValue()).isEqualTo("42");
            });
    Set<String> twice = ConcurrentHashMap.newKeySet();
    workers.forEach(worker -> twice.addAll(worker.ranTwice()));
    String log = said("second");
    assertThat(twice).allSatisfy(id -> assertThat(log).contains("attempt " + id));
    assertThat(workers.stream().mapToInt(Worker::told).sum())
        .as("each task went to one worker")
        .isEqualTo(TASKS);
  }

  private OperatorProcess operator(String name) throws Exception {
    OperatorProcess operator =
        OperatorProcess.start(
            folder.resolve(name + ".log"),
            client,
            broker.address(),
            "--leader-elect",
            "--last-seen-threshold=1h");
    open.add(operator);
    return operator;
  }

  private String said(String operator) throws Exception {
    return Files.readString(folder.resolve(operator + ".log"));
  }

  private Lease lease() {
    return client.leases().withName("propeller-operator").get();
  }

  /** Returns who leads, once it is somebody else. */
  private String awaitLeader(String before) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              Lease lease = lease();
              String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
              return holder != null && !holder.isEmpty() && !holder.equals(before);
            });
    return lease().getSpec().getHolderIdentity();
  }

  private void awaitRunning(int proplets) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              open.stream()
                  .filter(Worker.class::isInstance)
                  .forEach(worker -> ((Worker) worker).beat());
              return client.resources(Proplet.class).list().getItems().stream()
                      .filter(
                          proplet ->
                              proplet.getStatus() != null
                                  && proplet.getStatus().getPhase() == PropletPhase.RUNNING)
                      .count()
                  == proplets;
            });
  }

  private void awaitCompleted(int tasks) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                client.resources(Task.class).list().getItems().stream()
                        .filter(task -> task.phase() == TaskPhase.COMPLETED)
                        .count()
                    == tasks);
  }

  private Worker worker(String name) {
    Fixtures fixtures = new Fixtures(client, broker);
    client.resource(fixtures.proplet(name).build()).create();
    Worker worker = new Worker(fixtures.channel, PropletId.of(fixtures.identity(name)));
    open.add(worker);
    return worker;
  }

  /** A worker that keeps count of how often it was made to run what. */
  private final class Worker implements WorkerListener, AutoCloseable {

    private final PropletId id;
    private final WorkerChannel channel;
    private final Map<TaskId, Integer> runs = new ConcurrentHashMap<>();
    private final Set<TaskId> running = ConcurrentHashMap.newKeySet();
    private boolean answering;

    Worker(Channel channel, PropletId id) {
      this.id = id;
      this.channel =
          MqttBroker.of(BrokerOptions.builder().address(broker.address()).build())
              .open(WorkerChannelOptions.builder().channel(channel).id(id).build(), this);
    }

    @Override
    public synchronized void onStart(Start start) {
      // As workers do: what runs is not started again, what has ended is.
      if (running.add(start.id())) {
        runs.merge(start.id(), 1, Integer::sum);
      }
      if (answering) {
        end(start.id());
      }
    }

    @Override
    public void onStop(Stop stop) {}

    /** Ends what runs, and from now on each task as soon as it comes. */
    synchronized void answers() {
      answering = true;
      running.forEach(this::end);
    }

    private void end(TaskId task) {
      running.remove(task);
      var unused =
          channel.publish(
              Result.builder().taskId(task).propletId(id).output(TaskOutput.text("42")).build());
    }

    void beat() {
      var unused = channel.publish(Alive.builder().propletId(id).build());
    }

    int told() {
      return runs.size();
    }

    List<String> ranTwice() {
      return runs.entrySet().stream()
          .filter(run -> run.getValue() > 1)
          .map(run -> run.getKey().value())
          .toList();
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
