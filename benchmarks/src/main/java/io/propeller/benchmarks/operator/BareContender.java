package io.propeller.benchmarks.operator;

import com.google.common.collect.Iterables;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskStatus;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.testkit.proplet.SimulatedProplets;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A loop without an operator: it makes the same writes and publishes, to devices in turn, and knows
 * nothing else.
 */
final class BareContender implements Contender {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  /** What the operator writes of such a Task, word for word but for times and names. */
  private static final String FINALIZER =
      "{\"metadata\":{\"finalizers\":[\"" + PropellerApi.TASK_FINALIZER + "\"]}}";

  private static final TaskStatus DISPATCHED =
      status(
          """
          {"status": {
            "phase": "running", "assignedProplet": "device", "attempts": 1,
            "observedGeneration": 1, "createdAt": "2026-01-01T00:00:00.123456Z",
            "startedAt": "2026-01-01T00:00:00.123456Z", "updatedAt": "2026-01-01T00:00:00.123456Z",
            "runAttempts": [
              {"number": 1, "proplet": "device", "scheduledAt": "2026-01-01T00:00:00.123456Z"}],
            "conditions": [
              {"type": "Scheduled", "status": "True", "reason": "Placed", "observedGeneration": 1,
               "message": "placed on proplet device", "lastTransitionTime": "2026-01-01T00:00:00Z"},
              {"type": "Started", "status": "True", "reason": "Dispatched", "observedGeneration": 1,
               "message": "attempt 1 is proplet device's",
               "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
          """);
  private static final TaskStatus COMPLETED =
      status(
          """
          {"status": {
            "phase": "completed", "assignedProplet": "device", "attempts": 1, "runs": 1,
            "observedGeneration": 1, "results": "42", "createdAt": "2026-01-01T00:00:00.123456Z",
            "startedAt": "2026-01-01T00:00:00.123456Z", "updatedAt": "2026-01-01T00:00:01.123456Z",
            "finishedAt": "2026-01-01T00:00:01.123456Z",
            "runAttempts": [
              {"number": 1, "proplet": "device", "scheduledAt": "2026-01-01T00:00:00.123456Z",
               "endedAt": "2026-01-01T00:00:01.123456Z", "reason": "Completed"}],
            "conditions": [
              {"type": "Scheduled", "status": "True", "reason": "Placed", "observedGeneration": 1,
               "message": "placed on proplet device", "lastTransitionTime": "2026-01-01T00:00:00Z"},
              {"type": "Started", "status": "True", "reason": "Dispatched", "observedGeneration": 1,
               "message": "attempt 1 is proplet device's",
               "lastTransitionTime": "2026-01-01T00:00:00Z"},
              {"type": "Completed", "status": "True", "reason": "Completed",
               "observedGeneration": 1, "message": "the task ran to its end",
               "lastTransitionTime": "2026-01-01T00:00:01Z"}]}}
          """);

  private final KubernetesClient client;
  private final String namespace;
  private final Iterator<PropletId> targets;
  private final OperatorChannel channel;
  private final SimulatedProplets devices;
  private final ExecutorService writers = Executors.newFixedThreadPool(Writers.THREADS);
  private final Map<String, Task> running = new ConcurrentHashMap<>();
  private final Semaphore connected = new Semaphore(0);
  private final Journeys journeys;

  BareContender(
      KubernetesClient client, String namespace, BrokerAddress broker, int numberOfDevices) {
    this.client = client;
    this.namespace = namespace;
    channel =
        MqttBroker.of(BrokerOptions.builder().address(broker).build())
            .open(
                OperatorChannelOptions.builder()
                    .channel(Devices.channel(namespace))
                    .clientId("operator-" + namespace)
                    .build(),
                new OperatorListener() {
                  @Override
                  public void onResult(Delivery<Result> delivery) {
                    writers.execute(() -> complete(delivery));
                  }

                  @Override
                  public void onDiscovery(Delivery<Discovery> delivery) {
                    delivery.acknowledge();
                  }

                  @Override
                  public void onAlive(Alive alive) {
                    connected.release();
                  }
                });
    devices = Devices.start(broker, namespace, numberOfDevices);
    journeys = new Journeys(client, namespace);
    targets = Iterables.cycle(devices.ids()).iterator();
  }

  @Override
  public void run(int tasks) throws InterruptedException {
    connected.acquire();
    for (int i = 0; i < tasks; i++) {
      PropletId target = targets.next();
      writers.execute(() -> dispatch(target));
    }
    journeys.awaitEnds(tasks);
  }

  private void dispatch(PropletId target) {
    Task created = journeys.begin(Tasks.next(namespace), client);
    Task task = write(client.resource(created).patch(MERGE, FINALIZER), DISPATCHED);
    running.put(task.getMetadata().getUid(), task);
    var unused =
        channel.publish(
            Start.builder()
                .id(TaskId.of(task.getMetadata().getUid()))
                .name(task.functionToCall())
                .target(Target.proplet(target))
                .module(
                    WasmModule.inline(
                        Bytes.wrap(Base64.getDecoder().decode(task.getSpec().getFile()))))
                .inputs(task.getSpec().getInputs())
                .build(),
            Dialect.WASMTIME);
  }

  private void complete(Delivery<Result> delivery) {
    Task task = running.remove(delivery.message().taskId().value());
    if (task != null) {
      write(task, COMPLETED);
    }
    delivery.acknowledge();
  }

  @CanIgnoreReturnValue
  private Task write(Task task, TaskStatus status) {
    Task sent =
        new TaskBuilder()
            .withNewMetadata()
            .withName(task.getMetadata().getName())
            .withNamespace(task.getMetadata().getNamespace())
            .withResourceVersion(task.getMetadata().getResourceVersion())
            .endMetadata()
            .withStatus(status)
            .build();
    return client.resource(sent).updateStatus();
  }

  private static TaskStatus status(String json) {
    return Objects.requireNonNull(Serialization.unmarshal(json, Task.class).getStatus());
  }

  @Override
  public void close() {
    journeys.close();
    writers.shutdownNow();
    channel.close();
    devices.close();
  }
}
