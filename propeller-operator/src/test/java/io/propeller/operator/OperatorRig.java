package io.propeller.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.PropletSpecBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.Mosquitto;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * An operator on a real API server and a real broker, in a namespace and on a channel of each
 * test's own, and what tests do with it.
 */
@WithServers
abstract class OperatorRig {

  private Fixtures fixtures;
  private KubernetesClient account;
  KubernetesClient client;
  Mosquitto broker;
  Channel channel;
  PropellerOperator operator;
  final MovableClock clock = new MovableClock();

  @BeforeEach
  void start(KubernetesClient client, Mosquitto broker) throws Exception {
    this.client = client;
    this.broker = broker;
    this.fixtures = new Fixtures(client, broker);
    this.channel = fixtures.channel;
    this.account = OperatorAccount.client(client);
    operator = startOperator();
  }

  @AfterEach
  void stop() {
    operator.close();
    account.close();
  }

  /** What the operator is told when it starts. */
  OperatorOptions.Builder options() {
    OperatorOptions.Builder options = fixtures.options();
    // Proplets of tests leave when they are told to, and not when a clock leaps.
    options.lastSeenThreshold(Duration.ofDays(1));
    return options;
  }

  PropellerOperator startOperator() throws Exception {
    return PropellerOperator.start(
        account,
        MqttBroker.of(BrokerOptions.builder().address(broker.address()).build()),
        options().build(),
        clock);
  }

  ScriptedProplet proplet(String name, String... capabilities) {
    return proplet(
        name, spec -> spec.withNewExternal().withCapabilities(capabilities).endExternal());
  }

  /** Creates a proplet that is like others, but for what is changed in its spec. */
  ScriptedProplet proplet(String name, Consumer<PropletSpecBuilder> change) {
    return fixtures.device(
        name,
        resource -> {
          PropletSpecBuilder spec = new PropletSpecBuilder(resource.buildSpec());
          change.accept(spec);
          return resource.withSpec(spec.build());
        });
  }

  boolean isRunning(String name) {
    return fixtures.phase(name) == PropletPhase.RUNNING;
  }

  PropletBuilder propletResource(String name) {
    return fixtures.proplet(name);
  }

  String identity(String name) {
    return fixtures.identity(name);
  }

  /** Creates a task that is like the one of {@link #task}, but for what is changed in its spec. */
  Task create(String name, Consumer<TaskSpecBuilder> change) {
    Task task = task(name).build();
    TaskSpecBuilder spec = new TaskSpecBuilder(task.getSpec());
    change.accept(spec);
    task.setSpec(spec.build());
    return client.resource(task).create();
  }

  /** Changes the spec of a task, whatever the operator does to it meanwhile. */
  void change(String name, Consumer<TaskSpecBuilder> change) {
    Task task = client.resources(Task.class).withName(name).get();
    TaskSpecBuilder spec = new TaskSpecBuilder(task.getSpec());
    change.accept(spec);
    task.setSpec(spec.build());
    task.getMetadata().setResourceVersion(null);
    client.resource(task).patch(PatchContext.of(PatchType.JSON_MERGE));
  }

  static TaskBuilder task(String name) {
    return Fixtures.task(name);
  }

  Task await(String name, TaskPhase phase) {
    return await(name, task -> task.phase() == phase);
  }

  Task await(String name, Predicate<Task> condition) {
    return fixtures.awaitTask(name, condition);
  }

  static <T> T await(Resource<T> resource, Predicate<T> condition) {
    return Fixtures.await(resource, condition);
  }

  static Condition condition(Task task, String type) {
    return Fixtures.condition(task, type);
  }

  void awaitGone(String name) {
    client
        .resources(Task.class)
        .withName(name)
        .waitUntilCondition(task -> task == null, 20, TimeUnit.SECONDS);
  }
}
