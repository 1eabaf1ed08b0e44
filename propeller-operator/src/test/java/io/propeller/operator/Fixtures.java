package io.propeller.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.PropletType;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.Mosquitto;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What tests make in a namespace and on a channel of their own, and how they wait for it. */
class Fixtures {

  static final String ADD = "AGFzbQEAAAABBwFgAn9/AX8DAgEABwgBBG1haW4AAAoJAQcAIAAgAWoL";

  final KubernetesClient client;
  final Mosquitto broker;
  final Channel channel;

  /** Names the channel after the client's namespace. */
  Fixtures(KubernetesClient client, Mosquitto broker) {
    this.client = client;
    this.broker = broker;
    this.channel = Channel.of("test", client.getNamespace());
  }

  /** What an operator of that namespace and channel is told when it starts. */
  OperatorOptions.Builder options() {
    OperatorOptions.Builder options = OperatorOptions.builder();
    options
        .mqttAddress(broker.address())
        .channel(channel)
        .clientId("operator-" + client.getNamespace())
        .addWatchNamespaces(client.getNamespace());
    return options;
  }

  /** Connects a worker, whose Proplet need not be there yet. */
  ScriptedProplet worker(String name) {
    return new ScriptedProplet(broker.address(), channel, identity(name));
  }

  /** Makes a Proplet and connects its worker, and returns when it is running. */
  ScriptedProplet device(String name, UnaryOperator<PropletBuilder> edit) {
    client.resource(edit.apply(proplet(name)).build()).create();
    ScriptedProplet worker = worker(name);
    worker.aliveUntil(() -> phase(name) == PropletPhase.RUNNING);
    return worker;
  }

  PropletPhase phase(String name) {
    Proplet proplet = proplets(name).get();
    return proplet.getStatus() == null || proplet.getStatus().getPhase() == null
        ? PropletPhase.INITIALIZING
        : proplet.getStatus().getPhase();
  }

  /** Describes a device. */
  PropletBuilder proplet(String name) {
    return new PropletBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withType(PropletType.EXTERNAL)
        .withNewConnectionConfig()
        .withMqttAddress("tcp://unused:1883")
        .withDomainId(channel.domain().value())
        .withChannelId(channel.id().value())
        .withClientId(identity(name))
        .withClientKey("not-a-real-key")
        .endConnectionConfig()
        .endSpec();
  }

  /** Describes a worker that is a pod. */
  PropletBuilder pod(String name) {
    return proplet(name)
        .editSpec()
        .withType(PropletType.K8S)
        .withNewK8s()
        .withImage("registry.example.com/proplet:1")
        .endK8s()
        .endSpec();
  }

  String identity(String name) {
    return client.getNamespace() + "-" + name;
  }

  /** Describes a Task that adds 10 and 32. */
  static TaskBuilder task(String name) {
    return new TaskBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withFunctionName("main")
        .withFile(ADD)
        .withInputs("10", "32")
        .endSpec();
  }

  Resource<Proplet> proplets(String name) {
    return client.resources(Proplet.class).withName(name);
  }

  /** Changes a Proplet as {@code kubectl patch} does, whatever the operator writes meanwhile. */
  void patchProplet(String name, String merge) {
    var unused = proplets(name).patch(PatchContext.of(PatchType.JSON_MERGE), merge);
  }

  Proplet awaitProplet(String name, Predicate<Proplet> condition) {
    return await(proplets(name), condition);
  }

  Proplet awaitPhase(String name, PropletPhase phase) {
    return awaitProplet(
        name, proplet -> proplet.getStatus() != null && proplet.getStatus().getPhase() == phase);
  }

  Task awaitTask(String name, Predicate<Task> condition) {
    return await(client.resources(Task.class).withName(name), condition);
  }

  <T extends HasMetadata> T await(Class<T> type, String name, Predicate<T> condition) {
    return await(client.resources(type).withName(name), condition);
  }

  static <T> T await(Resource<T> resource, Predicate<T> condition) {
    return resource.waitUntilCondition(
        found -> found != null && condition.test(found), 20, TimeUnit.SECONDS);
  }

  static Condition condition(Proplet proplet, String type) {
    return condition(
        proplet.getStatus() == null ? List.of() : proplet.getStatus().getConditions(), type);
  }

  static Condition condition(Task task, String type) {
    return condition(task.getStatus() == null ? List.of() : task.getStatus().getConditions(), type);
  }

  /** Returns the condition; one that says nothing where there is none. */
  private static Condition condition(List<Condition> conditions, String type) {
    return conditions.stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseGet(() -> new Condition("", "", null, "", "", type));
  }
}
